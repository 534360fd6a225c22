import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool that the model calls. */
export interface ToolCall {
  /** A part of the tool's name. */
  readonly tool: string;
  /** @param answers what the tools called so far answered, the last one last */
  readonly arguments: (answers: readonly string[]) => object;
}

/** A tool as the model receives it. */
export interface OfferedTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: { readonly properties: Record<string, { type: string; description: string }> };
}

/** A chat model by OpenAI's interface, streamed or not, that calls tools one after the other, and then repeats the last answer. */
export async function startFakeModel(calls: readonly ToolCall[]) {
  const offered: OfferedTool[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { messages = [], tools = [], model, stream } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    offered.splice(0, offered.length, ...tools.map((tool: { function: OfferedTool }) => tool.function));
    const answers: string[] = messages
      .filter(({ role }: { role: string }) => role === 'tool')
      .map(({ content }: { content: string }) => content);
    const next = calls[answers.length];
    const called = next && {
      index: 0,
      id: `call_${answers.length}`,
      type: 'function',
      function: {
        name: offered.find(({ name }) => name.includes(next.tool))?.name,
        arguments: JSON.stringify(next.arguments(answers)),
      },
    };
    const message = called
      ? { role: 'assistant', content: null, tool_calls: [called] }
      : { role: 'assistant', content: `Done: ${answers.at(-1)}` };
    const finish_reason = called ? 'tool_calls' : 'stop';
    const completion = { id: '1', object: 'chat.completion', created: 1, model };
    if (!stream) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...completion, choices: [{ index: 0, message, finish_reason }] }));
      return;
    }
    const chunk = (choice: object) =>
      `data: ${JSON.stringify({ ...completion, object: 'chat.completion.chunk', choices: [choice] })}\n\n`;
    response.setHeader('content-type', 'text/event-stream');
    response.write(chunk({ index: 0, delta: message, finish_reason: null }));
    response.write(chunk({ index: 0, delta: {}, finish_reason }));
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    /** The tools that the model was offered last. */
    offered,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
