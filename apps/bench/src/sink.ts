/**
 * A process that plays the platform and its storage, and keeps nothing: it counts what arrives. The emulator is not
 * used here because it writes, hashes and parses, which would be measured along.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';

interface Session {
  readonly size: number;
  readonly chunks: number;
  readonly done: Set<number>;
}

const CHUNK = Number(process.env.CHUNK);
const FIRST_URLS = 50;
const sessions = new Map<string, Session>();
let counted = { creates: 0, chunks: 0, bytes: 0 };
let ids = 0;

const listener = (request: IncomingMessage, response: ServerResponse) => {
  void handle(request, response).catch(() => response.destroy());
};
const server = createServer(listener);
const certificate = await generate([{ name: 'commonName', value: 'sink' }], {
  keySize: 2048,
  extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
});
const tlsServer = createTlsServer({ key: certificate.private, cert: certificate.cert }, listener);

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://sink');
  const path = url.pathname.replace('/v1.3', '');
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  if (path === '/counted') {
    send(200, counted);
    counted = { creates: 0, chunks: 0, bytes: 0 };
  } else if (path === '/assets' && request.method === 'POST') {
    await drain(request);
    counted.creates++;
    send(201, asset(`asset${ids++}`));
  } else if (path.startsWith('/storage/')) {
    await drain(request);
    counted.chunks++;
    response.writeHead(200, { etag: '"00000000000000000000000000000000"' }).end();
  } else if (path === '/assets/multipart-uploads') {
    send(201, open((await json(request)).total_size as number));
  } else {
    await session(path, request, send);
  }
}

async function session(
  path: string,
  request: IncomingMessage,
  send: (status: number, body: unknown) => unknown,
) {
  const [, , , id = '', more] = path.split('/');
  const found = sessions.get(id);
  if (!found) return send(200, asset(path.split('/').at(-1) ?? ''));
  if (more === 'presigned-urls') {
    const { start, count } = await json(request);
    return send(201, { upload_urls: urls(id, found, start as number, count as number) });
  }
  if (request.method === 'POST') {
    const { completed_chunks } = (await json(request)) as { completed_chunks: { chunk_index: number }[] };
    for (const { chunk_index } of completed_chunks) found.done.add(chunk_index);
    const total = {
      processed_chunks: completed_chunks.length,
      duplicate_chunks: 0,
      total_completed: found.done.size,
    };
    return send(200, { ...total, ...(found.done.size === found.chunks ? { url: 'http://sink/asset' } : {}) });
  }
  const limit = 50;
  const page = Number(new URL(request.url ?? '/', 'http://sink').searchParams.get('page') ?? 1);
  const uploaded = [...found.done].sort((a, b) => a - b).slice((page - 1) * limit, page * limit);
  return send(200, {
    status: found.done.size === found.chunks ? 'completed' : 'active',
    uploaded_chunks: uploaded.map((index) => ({ index, status: 'completed' })),
    page_info: {
      page,
      limit_per_page: limit,
      total_page: Math.ceil(found.done.size / limit),
      total_results: found.done.size,
    },
  });
}

function open(size: number) {
  const id = `upload${ids++}`;
  const found = { size, chunks: Math.ceil(size / CHUNK), done: new Set<number>() };
  sessions.set(id, found);
  return {
    upload_id: id,
    asset_id: `asset${ids++}`,
    chunk_size: CHUNK,
    total_chunks: found.chunks,
    upload_urls: urls(id, found, 1, FIRST_URLS),
    upload_headers: { 'Content-Type': 'application/octet-stream' },
    expires_at: new Date(Date.now() + 86_400_000).toISOString(),
  };
}

function urls(id: string, { chunks }: Session, start: number, count: number) {
  return Array.from({ length: Math.max(0, Math.min(count, chunks - start + 1)) }, (_, index) => ({
    chunk_index: start + index,
    url: `http://127.0.0.1:${port()}/storage/${id}/${start + index}`,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  }));
}

const asset = (id: string) => ({
  _id: id,
  status: 'ready',
  method: 'direct',
  created_at: new Date().toISOString(),
});
const port = (of: Server = server) => (of.address() as AddressInfo).port;

function drain(request: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      counted.bytes += chunk.length;
    });
    request
      .on('end', resolve)
      .on('error', reject)
      .on('aborted', () => reject(new Error('cut off')));
  });
}

async function json(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  return JSON.parse(text) as Record<string, unknown>;
}

server.listen(0, '127.0.0.1', () =>
  tlsServer.listen(0, '127.0.0.1', () =>
    process.send?.({ port: port(), tlsPort: port(tlsServer), ca: certificate.cert }),
  ),
);
process.on('disconnect', () => process.exit());
