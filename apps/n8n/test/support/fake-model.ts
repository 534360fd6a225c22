import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat model by OpenAI's (streaming) interface that calls the one tool it is given with a URL, and then repeats its answer. */
export async function startFakeModel(url: string) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { messages, tools, model } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const answer = messages?.findLast((message: { role: string }) => message.role === 'tool');
    const name = tools?.[0]?.function.name;
    const call = {
      index: 0,
      id: 'call_1',
      type: 'function',
      function: { name, arguments: JSON.stringify({ URL: url }) },
    };
    const delta = answer
      ? { role: 'assistant', content: `Done: ${answer.content}` }
      : { role: 'assistant', tool_calls: [call] };
    const chunk = (choice: object) =>
      `data: ${JSON.stringify({ id: '1', object: 'chat.completion.chunk', created: 1, model, choices: [choice] })}\n\n`;
    response.setHeader('content-type', 'text/event-stream');
    response.write(chunk({ index: 0, delta, finish_reason: null }));
    response.write(chunk({ index: 0, delta: {}, finish_reason: answer ? 'stop' : 'tool_calls' }));
    response.end('data: [DONE]\n\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
