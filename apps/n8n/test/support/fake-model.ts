import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A chat model by OpenAI's interface that calls the one tool it is given with a URL, and then repeats its answer. */
export async function startFakeModel(url: string) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { messages, tools, model } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const answer = messages?.findLast((message: { role: string }) => message.role === 'tool');
    const name = tools?.[0]?.function.name;
    const message = answer
      ? { role: 'assistant', content: `Done: ${answer.content}` }
      : {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 'call_1', type: 'function', function: { name, arguments: JSON.stringify({ URL: url }) } },
          ],
        };
    const finish_reason = answer ? 'stop' : 'tool_calls';
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        id: '1',
        object: 'chat.completion',
        created: 1,
        model,
        choices: [{ index: 0, message, finish_reason }],
        usage,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
