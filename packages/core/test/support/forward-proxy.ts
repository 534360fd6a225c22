import { createServer, request as forward } from 'node:http';
import { connect } from 'node:net';
import { type LocalServer, listen } from './local-server.ts';

export interface ForwardProxy extends LocalServer {
  /** Targets asked for, as `CONNECT host:port` or `POST http://host/path`, in order. */
  readonly asked: readonly string[];
  readonly credentials: readonly (string | undefined)[];
}

/** A forward proxy that resolves every name by `hosts`: `name:port` to a port of this machine. */
export async function forwardProxy(hosts: Readonly<Record<string, number>>): Promise<ForwardProxy> {
  const asked: string[] = [];
  const credentials: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '');
    asked.push(`${request.method} ${url.origin}${url.pathname}`);
    credentials.push(request.headers['proxy-authorization']);
    const port = hosts[url.host] ?? Number(url.port);
    const onward = forward(
      {
        port,
        host: '127.0.0.1',
        method: request.method,
        path: url.pathname + url.search,
        headers: request.headers,
      },
      (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)),
    );
    request.pipe(onward);
  });
  server.on('connect', (request, client) => {
    asked.push(`CONNECT ${request.url}`);
    credentials.push(request.headers['proxy-authorization']);
    const onward = connect(hosts[request.url ?? ''] ?? 0, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(client).pipe(onward);
    });
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy()).on('close', () => onward.destroy());
  });
  return { ...(await listen(server, 'http')), asked, credentials };
}
