import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers what n8n's Google Gemini node asks for when it analyzes a video: keeps nothing, and is ready at once. */
export async function startGeminiStandIn(): Promise<{ readonly url: string; close(): void }> {
  const file = { name: 'files/1', uri: 'files/1', mimeType: 'video/mp4', state: 'ACTIVE' };
  const server = createServer(async (request, response) => {
    for await (const _ of request);
    if (request.url?.startsWith('/upload/'))
      return send(response, {}, { 'x-goog-upload-url': `${url}/bytes` });
    if (request.url?.startsWith('/bytes')) return send(response, { file });
    send(response, { candidates: [{ content: { parts: [{ text: 'A video.' }] } }] });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function send(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
