import { createServer, type IncomingMessage, type RequestListener } from 'node:http';

import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server as NetServer, Socket } from 'node:net';

/** A server on a free port of this machine, with what it saw. */
export interface LocalServer extends AsyncDisposable {
  readonly port: number;
  /** `http://127.0.0.1:port`, or https. */
  readonly origin: string;
  /** Connections that were ever made, in order. */
  readonly sockets: readonly Socket[];
  readonly requests: readonly IncomingMessage[];
}

export async function listen(server: NetServer, scheme: string): Promise<LocalServer> {
  const sockets: Socket[] = [];
  const requests: IncomingMessage[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
  });
  server.on('request', (request: IncomingMessage) => requests.push(request));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `${scheme}://127.0.0.1:${port}`,
    sockets,
    requests,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function httpServer(onRequest: RequestListener): Promise<LocalServer> {
  return listen(createServer(onRequest), 'http');
}

export function httpsServer(
  { key, cert }: { key: string; cert: string },
  onRequest: RequestListener,
): Promise<LocalServer> {
  return listen(createSecureServer({ key, cert }, onRequest), 'https');
}

/** Answers once the whole request has arrived. */
export function answering(
  status: number,
  body = '{}',
  headers: Record<string, string> = {},
): RequestListener {
  return (request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body));
  };
}

export async function textOf(request: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Resolves when the other side has closed the connection. */
export function closed(socket: Socket): Promise<void> {
  return socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once('close', () => resolve()));
}
