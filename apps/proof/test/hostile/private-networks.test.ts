import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { hostname } from 'node:os';
import { fileFromBuffer } from '@twelvelabs-nodes/core/node';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { AttackedClient, failureOf, MARKER, ONCE } from '../../src/hostile/attack.ts';
import { hostileServer, json } from '../../src/hostile/server.ts';

const file = fileFromBuffer(Buffer.alloc(1_000, 1), { name: 'clip.mp4', type: 'video/mp4' });

/** A platform under a public name: TLS with an authority of its own, reached through a proxy on this machine. */
async function publicPlatform(uploadUrl: (storagePort: number) => string) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'platform.example' }], {
    keySize: 2048,
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'platform.example' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  } as Parameters<typeof generate>[1]);
  const tls = { key, cert };
  const stack = new AsyncDisposableStack();
  // What stands inside the network, and must see nobody.
  const storage = stack.use(await hostileServer(json({}), { tls }));
  const platform = stack.use(
    await hostileServer(
      json(
        {
          upload_id: 'up1',
          asset_id: 'as1',
          chunk_size: 1_000,
          total_chunks: 1,
          upload_urls: [{ chunk_index: 1, url: uploadUrl(storage.port) }],
          upload_headers: {},
        },
        201,
      ),
      { tls },
    ),
  );
  const proxy = createHttpServer();
  proxy.on('connect', (request, client, head) => {
    const isPlatform = request.url?.startsWith('platform.example:');
    const onward = connect(
      isPlatform ? platform.port : Number(request.url?.split(':').at(-1)),
      '127.0.0.1',
      () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.write(head);
        onward.pipe(client).pipe(onward);
      },
    );
    onward.on('error', () => client.destroy());
    client.on('error', () => onward.destroy());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  stack.defer(async () => {
    proxy.closeAllConnections();
    proxy.close();
  });
  const url = 'https://platform.example';
  return { url, cert, storage, platform, proxyPort: (proxy.address() as AddressInfo).port, stack };
}

describe('a platform on the internet that points into the network of this machine', () => {
  const literal = [
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f000001',
    'https://2130706433',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'https://[64:ff9b::7f00:1]',
    'https://[2002:7f00:1::]',
    'https://0.0.0.0',
    'https://[::]',
    'https://localhost',
    'https://a.localhost',
    'https://10.1.2.3',
    'https://172.16.0.1',
    'https://192.168.1.1',
    'https://100.64.0.1',
    'https://169.254.169.254',
    'https://[fe80::1]',
    'https://[fd12::1]',
    'https://224.0.0.1',
  ];
  // Names that this machine resolves by itself, to itself.
  const names = ['https://localhost.', 'https://LOCALHOST', 'https://a.localhost.', `https://${hostname()}`];

  it.each([...literal, ...names])('is not followed there: %s', async (origin) => {
    const { url, cert, storage, platform, proxyPort, stack } = await publicPlatform(
      (port) => `${origin}:${port}/x?signature=s3cr3t`,
    );
    await using _ = stack;
    // The platform is reached through the proxy, storage is not: so its name is resolved here.
    const noProxy = new URL(origin).hostname.replace(/^\[|\]$/g, '');
    await using client = new AttackedClient(
      { url },
      { ca: cert, proxy: `http://127.0.0.1:${proxyPort}`, noProxy },
    );
    const error = await failureOf(
      client.assets.create({ method: 'direct', file }, { ...ONCE, upload: 'multipart', idleTimeout: 5_000 }),
    );
    expect(platform.requests.length).toBeGreaterThan(0);
    expect(storage.connections).toBe(0);
    expect(error.message).not.toContain('s3cr3t');
    expect(platform.requests[0]?.headers['x-api-key']).toBe(MARKER);
  });

  // A proxy resolves names itself.
  const local = [
    'https://metadata.google.internal',
    'https://intranet.corp',
    'https://nas.local',
    'https://router.lan',
    'https://db.default.svc',
    'https://printer',
    'https://10.1.2.3',
  ];

  it.each(local)('is not followed there by a proxy: %s', async (origin) => {
    const { url, cert, storage, platform, proxyPort, stack } = await publicPlatform(
      (port) => `${origin}:${port}/x?signature=s3cr3t`,
    );
    await using _ = stack;
    await using client = new AttackedClient({ url }, { ca: cert, proxy: `http://127.0.0.1:${proxyPort}` });
    const error = await failureOf(
      client.assets.create({ method: 'direct', file }, { ...ONCE, upload: 'multipart', idleTimeout: 5_000 }),
    );
    expect(error.message).toMatch(/points into a private network/);
    expect(platform.requests.length).toBeGreaterThan(0);
    expect(storage.connections).toBe(0);
  });
});
