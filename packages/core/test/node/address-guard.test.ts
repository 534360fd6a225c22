import { describe, expect, it } from 'vitest';

import { isPublicAddress } from '../../src/network/private-address.ts';
import { undiciTransport } from '../../src/node/index.ts';
import { answering, httpServer } from '../support/local-server.ts';
import { bodyOf, forever, putRequest } from '../support/requests.ts';

const upload = (url: string) => putRequest(url, bodyOf([Buffer.from('x')], 1));
const platform = { apiKey: 'tlk_test', proxy: '' };

describe('an upload URL', () => {
  it.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '0x7f.1', '2130706433'])(
    'at %s is refused when the platform is elsewhere',
    async (host) => {
      await using inside = await httpServer(answering(200));
      await using transport = undiciTransport(platform);
      await expect(transport.send(upload(`http://${host}:${inside.port}/`), forever)).rejects.toMatchObject({
        code: 'unexpected_response',
      });
      expect(inside.sockets).toHaveLength(0);
    },
  );

  it('with a name that resolves to a private address is refused when it connects', async () => {
    await using inside = await httpServer(answering(200));
    await using transport = undiciTransport(platform);
    const sent = transport.send(upload(`http://localhost:${inside.port}/`), forever);
    await expect(sent).rejects.toMatchObject({
      code: 'unexpected_response',
      message: expect.stringMatching(/not a public address/),
    });
    expect(inside.sockets).toHaveLength(0);
  });

  it('on this machine is fine for a platform on this machine, and where private ones are allowed', async () => {
    await using inside = await httpServer(answering(200));
    await using local = undiciTransport({ ...platform, baseUrl: 'http://127.0.0.1:1/v1.3' });
    await using allowed = undiciTransport({ ...platform, allowPrivateUploads: true });
    for (const transport of [local, allowed]) {
      expect(await transport.send(upload(inside.origin), forever)).toMatchObject({ status: 200 });
    }
  });
});

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '52.216.0.1', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808'])(
    '%s is',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...[
      '127.0.0.1',
      '127.9.9.9',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
    ],
    ...[
      '255.255.255.255',
      '224.0.0.1',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
    ],
    ...['2002:7f00:1::', 'name', ''],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});
