import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MARKER } from '../../src/hostile/attack.ts';
import { hostileServer, json } from '../../src/hostile/server.ts';
import { largeVideo } from '../../src/matrix/media.ts';
import { n8nRunner } from '../../src/runners/hosts.ts';
import { watchedFolder } from '../../src/secrecy/traces.ts';

// Upload URLs by address are refused by core in every host. Names are resolved by the transport: in core and Node-RED that
// is ours, which refuses (test/hostile/private-networks.test.ts), in n8n it is n8n's, which does so where it is told to.

const SIZE = 1_000_000;
const stack = new AsyncDisposableStack();
let n8n: Awaited<ReturnType<typeof n8nRunner>>;
let path: string;

beforeAll(async () => {
  const { folder } = stack.use(await watchedFolder());
  path = await largeVideo(join(folder, 'video.mp4'), SIZE);
  const env = { N8N_SSRF_PROTECTION_ENABLED: 'true', N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost' };
  n8n = stack.use(await n8nRunner({ env }));
});
afterAll(() => stack.disposeAsync());

it.each(['127.0.0.1', hostname()])(
  "n8n's protection keeps an upload URL at %s from being reached",
  async (host) => {
    await using storage = await hostileServer(json({}));
    await using platform = await hostileServer(
      json(
        {
          upload_id: 'up1',
          asset_id: '65f0a0b1c2d3e4f5a6b7c8d9',
          chunk_size: SIZE,
          total_chunks: 1,
          upload_urls: [{ chunk_index: 1, url: `https://${host}:${storage.port}/x?signature=s3cr3t` }],
          upload_headers: {},
        },
        201,
      ),
    );
    const { error } = await n8n.create(
      { method: 'direct', file: { path } },
      { upload: 'multipart', idleTimeout: 5_000 },
      { baseUrl: `http://localhost:${platform.port}/v1.3`, apiKey: MARKER },
    );
    expect(error?.code).toMatch(/^(network|unexpected_response)$/);
    expect(error?.message).not.toContain('s3cr3t');
    expect(platform.requests.length).toBeGreaterThan(0);
    expect(storage.connections).toBe(0);
  },
);
