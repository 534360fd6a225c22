import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { undiciTransport } from '../../src/node/index.ts';
import { certificates } from '../support/certificates.ts';
import { answering, httpsServer } from '../support/local-server.ts';
import { forever, getRequest } from '../support/requests.ts';

const run = promisify(execFile);

describe('a server whose authority Node.js does not know', () => {
  it('is refused before the key is sent', async () => {
    const { ca: _, ...identity } = await certificates('localhost');
    await using server = await httpsServer(identity, answering(200));
    const origin = `https://localhost:${server.port}`;
    await using transport = undiciTransport({ apiKey: 'tlk_test', baseUrl: origin, proxy: '' });
    await expect(transport.send(getRequest(origin), forever)).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
    expect(server.requests).toHaveLength(0);
  });

  it('is accepted with the authority given, for the names of its certificate only', async () => {
    const { ca, ...identity } = await certificates('localhost');
    await using server = await httpsServer(identity, answering(200));
    const origin = `https://localhost:${server.port}`;
    await using transport = undiciTransport({ apiKey: 'tlk_test', baseUrl: origin, proxy: '', ca: [ca] });
    expect(await transport.send(getRequest(origin), forever)).toMatchObject({ status: 200 });
    expect(server.requests[0]?.httpVersion).toBe('1.1');
    const other = server.origin;
    await using wrong = undiciTransport({ apiKey: 'tlk_test', baseUrl: other, proxy: '', ca });
    await expect(wrong.send(getRequest(other), forever)).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
  });

  it.each([
    ['alone', false],
    ['beside an option', true],
  ])('is accepted through NODE_EXTRA_CA_CERTS %s', async (_, withOption) => {
    const { ca, ...identity } = await certificates('localhost');
    const { ca: another } = await certificates('elsewhere');
    await using server = await httpsServer(identity, answering(200, '{"ok":true}'));
    const folder = await mkdtemp(join(tmpdir(), 'core-ca-'));
    try {
      const file = join(folder, 'ca.pem');
      await writeFile(file, ca);
      const { stdout } = await run(process.execPath, [new URL('tls-client.ts', import.meta.url).pathname], {
        env: {
          ...process.env,
          NODE_EXTRA_CA_CERTS: file,
          BASE_URL: `https://localhost:${server.port}`,
          ...(withOption ? { CA: another } : {}),
        },
      });
      expect(JSON.parse(stdout)).toMatchObject({ status: 200, body: { ok: true } });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
