import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/** A request as the server saw it; its body is counted and thrown away. */
export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Everything before the body, as it came. */
  readonly head: string;
  /** Bytes of the body that were read when the answer began. */
  body: number;
}

/** Writes whatever it likes to the socket. The connection stays open until it or the client ends it. */
export type Answer = (socket: Socket, request: SeenRequest) => unknown;

export interface HostileServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly SeenRequest[];
  /** Connections that were made. */
  readonly connections: number;
  /** Bytes that were handed to the network over all connections. */
  readonly written: number;
}

export interface HostileOptions {
  /** Answers before the body has come, and reads no more of it. */
  readonly early?: boolean;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly host?: string;
}

/** A server that speaks raw TCP (or TLS), so that it can say what no HTTP library would let it say. */
export async function hostileServer(
  answer: Answer,
  { early = false, tls, host = '127.0.0.1' }: HostileOptions = {},
): Promise<HostileServer> {
  const requests: SeenRequest[] = [];
  const sockets = new Set<Socket>();
  let written = 0;
  let connections = 0;
  const onSocket = (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      written += socket.bytesWritten;
      sockets.delete(socket);
    });
    readRequests(socket, early, (request) => {
      requests.push(request);
      Promise.resolve(answer(socket, request)).catch(() => socket.destroy());
    });
  };
  const server: Server = tls ? createTlsServer(tls, onSocket) : createServer(onSocket);
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? 'https' : 'http'}://${host}:${port}`,
    port,
    requests,
    get connections() {
      return connections;
    },
    get written() {
      return written + [...sockets].reduce((total, socket) => total + socket.bytesWritten, 0);
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts a connection into requests: heads, and bodies of a stated length or in chunks (the last of which is empty). */
function readRequests(socket: Socket, early: boolean, onRequest: (request: SeenRequest) => void): void {
  let pending = Buffer.alloc(0);
  let current: { request: SeenRequest; left: number } | undefined;
  socket.on('data', (piece: Buffer) => {
    if (current) {
      current.request.body += piece.length;
      current.left -= piece.length;
      if (current.left <= 0) finish();
      return;
    }
    pending = Buffer.concat([pending, piece]);
    const end = pending.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = pending.subarray(0, end).toString('latin1');
    const [first = '', ...lines] = head.split('\r\n');
    const [method = '', target = ''] = first.split(' ');
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const rest = pending.length - end - 4;
    const length = Number(headers['content-length'] ?? 0);
    const request: SeenRequest = { method, target, headers, head, body: rest };
    pending = Buffer.alloc(0);
    if (early) {
      socket.pause();
      onRequest(request);
      return;
    }
    current = { request, left: length - rest };
    if (current.left <= 0) finish();
  });
  function finish() {
    const done = current;
    current = undefined;
    if (done) onRequest(done.request);
  }
}

/** A whole answer with a correct length. */
export function respond(status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  const bytes = Buffer.from(body);
  return (socket) => {
    const lines = Object.entries({ 'content-type': 'application/json', ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    socket.write(`HTTP/1.1 ${status} Whatever\r\ncontent-length: ${bytes.length}\r\n${lines.join('')}\r\n`);
    socket.write(bytes);
  };
}

export const json = (value: unknown, status = 200): Answer => respond(status, JSON.stringify(value));

/** Writes `piece` for ever, no faster than it is taken. */
export async function endlessly(socket: Socket, piece: Buffer | string): Promise<void> {
  while (!socket.destroyed) {
    if (!socket.write(piece)) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    else await new Promise(setImmediate);
  }
}
