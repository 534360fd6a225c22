import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { generate } from 'selfsigned';
import { hostileServer, respond } from '../hostile/server.ts';
import type { Addresses } from './faults.ts';

export interface MadeAddresses extends Addresses, AsyncDisposable {
  /** A proxy that answers every CONNECT with 403. */
  readonly proxy: string;
  /** Environment for hosts, in which `proxied` goes through that proxy, and this machine by its address does not. */
  readonly env: Readonly<Record<string, string>>;
  /** Headers of the requests that went to the proxy in clear. */
  readonly sentToProxy: readonly IncomingHttpHeaders[];
  /** Where the proxy was asked to connect to. */
  readonly tunnels: readonly string[];
  /** Connections to where nobody was to go. */
  readonly strayed: () => number;
}

/** Addresses where the platform is not. */
export async function makeAddresses(): Promise<MadeAddresses> {
  const stack = new AsyncDisposableStack();
  const { private: key, cert } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    keySize: 2048,
  });
  const untrusted = stack.use(await hostileServer(respond(200, '{}'), { tls: { key, cert } }));
  const elsewhere = stack.use(await hostileServer(respond(200, '{}')));
  const sentToProxy: IncomingHttpHeaders[] = [];
  const proxy = createHttpServer(({ headers }, response) => {
    sentToProxy.push(headers);
    response.writeHead(403).end();
  });
  const tunnels: string[] = [];
  proxy.on('connect', ({ url = '' }, socket) => {
    tunnels.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  stack.defer(async () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  return {
    refusing: `http://127.0.0.1:${await reservePort()}/v1.3`,
    untrusted: `${untrusted.url}/v1.3`,
    proxied: 'https://behind-a-proxy.invalid/v1.3',
    elsewhere: `${elsewhere.url}/elsewhere`,
    proxy: proxyUrl,
    sentToProxy,
    tunnels,
    // Without localhost: the key must not go to the proxy for that name either.
    env: {
      HTTP_PROXY: proxyUrl,
      http_proxy: proxyUrl,
      HTTPS_PROXY: proxyUrl,
      https_proxy: proxyUrl,
      NO_PROXY: '127.0.0.1,platform.invalid',
      no_proxy: '127.0.0.1,platform.invalid',
    },
    strayed: () => elsewhere.connections,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}
