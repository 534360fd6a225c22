import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A platform that counts what it receives and keeps nothing: for files that no test wants to store. */
export async function startCountingSink(chunkSize: number) {
  let bytes = 0;
  let chunks = 0;
  let total = 0;
  const server = createServer(async (request, response) => {
    const answer = (body: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    const route = `${request.method} ${request.url?.split('?')[0]}`;
    if (request.method === 'PUT') {
      for await (const chunk of request) bytes += (chunk as Buffer).byteLength;
      chunks++;
      response.writeHead(200, { etag: `"${chunks}"` }).end();
      return;
    }
    const parts: Buffer[] = [];
    for await (const chunk of request) parts.push(chunk as Buffer);
    const json = parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : undefined;
    if (route === 'POST /v1.3/assets/multipart-uploads') {
      total = Math.ceil(json.total_size / chunkSize);
      answer(
        { upload_id: 'u', asset_id: 'a', chunk_size: chunkSize, total_chunks: total, upload_urls: [] },
        201,
      );
    } else if (route.endsWith('/presigned-urls')) {
      const upload_urls = Array.from({ length: json.count }, (_, index) => ({
        chunk_index: json.start + index,
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/put/${json.start + index}`,
      }));
      answer({ upload_urls });
    } else if (route === 'POST /v1.3/assets/multipart-uploads/u') answer({});
    else if (route === 'GET /v1.3/assets/multipart-uploads/u')
      answer({ status: chunks >= total ? 'completed' : 'active' });
    else answer({ _id: 'a', method: 'multipart', status: 'processing' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.3`,
    received: () => ({ bytes, chunks }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
