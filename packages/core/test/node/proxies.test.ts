import { describe, expect, it } from 'vitest';

import { goesDirect, proxiesOf } from '../../src/node/proxies.ts';
import { thrownBy } from '../support/thrown.ts';

describe('the proxy of the environment', () => {
  it.each([
    [{}, { http: '', https: '' }],
    [{ HTTP_PROXY: 'http://a:1' }, { http: 'http://a:1', https: 'http://a:1' }],
    [{ HTTPS_PROXY: 'http://b:2' }, { http: '', https: 'http://b:2' }],
    [
      { http_proxy: 'http://c:3', HTTP_PROXY: 'http://a:1' },
      { http: 'http://c:3', https: 'http://c:3' },
    ],
    [{ HTTP_PROXY: ' http://a:1\n' }, { http: 'http://a:1', https: 'http://a:1' }],
    [{ HTTP_PROXY: 'me:p%40ss@proxy:1' }, { http: 'http://me:p%40ss@proxy:1' }],
    [{ HTTP_PROXY: 'proxy.corp:3128' }, { http: 'http://proxy.corp:3128', https: 'http://proxy.corp:3128' }],
  ])('%j is read as %j', (env, expected) => {
    expect(proxiesOf({}, env)).toMatchObject(expected);
  });

  it.each(['socks5://user:hunter2@proxy:1', 'http://', 'http:/hunter2', '//hunter2:1', 'ftp://hunter2@a'])(
    '%s is refused unseen',
    (HTTP_PROXY) => {
      expect(thrownBy(() => proxiesOf({}, { HTTP_PROXY }))).toMatchObject({
        code: 'validation',
        message: expect.not.stringContaining('hunter2'),
      });
    },
  );

  it.each([
    'http://user:100%@proxy.corp:3128',
    'http://u%ser:hunter2@proxy:1',
    String.raw`http://domain\user:hunter2@proxy:1`,
    'http://user:hunter2/@proxy:1',
    'http://user:1#hunter2@proxy:1',
    'user:1?hunter2@proxy:1',
  ])('%s is refused with what to write', (proxy) => {
    const error = thrownBy(() => proxiesOf({ proxy }, {}));
    expect(error).toMatchObject({ code: 'validation', message: expect.stringMatching(/written as %25/) });
    expect(JSON.stringify(error)).not.toMatch(/hunter2|100/);
  });

  it.each([
    ['http://127.0.0.1:8012/v1.3', 'http://proxy.corp:3128', true],
    ['http://localhost:8012/v1.3', 'http://proxy.corp:3128', true],
    ['http://127.0.0.1:8012/v1.3', 'http://localhost:3128', false],
    ['https://127.0.0.1:8012/v1.3', 'http://proxy.corp:3128', true],
    ['https://127.0.0.1:8012/v1.3', 'http://localhost:3128', false],
    ['http://storage.test/', 'http://proxy.corp:3128', false],
    ['http://127.0.0.1:8012/v1.3', '', false],
  ])('to %s by %s: around it %s', (url, proxy, expected) => {
    expect(goesDirect(new URL(url), proxiesOf({ proxy }, {}))).toBe(expected);
  });

  it.each(['http://localhost:3128', 'http://proxy.corp:3128'])(
    'never gets a request to this machine: %s',
    (HTTP_PROXY) => {
      for (const scheme of ['http', 'https']) {
        const around = (host: string) =>
          goesDirect(new URL(`${scheme}://${host}`), proxiesOf({}, { HTTP_PROXY }));
        for (const host of ['localhost:8012/v1.3', '127.0.0.1:9/', '[::1]/']) expect(around(host)).toBe(true);
        expect(around('storage.test/')).toBe(false);
      }
    },
  );
});
