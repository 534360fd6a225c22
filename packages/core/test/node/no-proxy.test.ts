import { describe, expect, it } from 'vitest';
import { isExempt } from '../../src/node/no-proxy.ts';

describe('NO_PROXY', () => {
  it.each([
    ['example.com', 'https://example.com/', true],
    ['example.com', 'https://EXAMPLE.com./', true],
    ['example.com', 'https://api.example.com/', true],
    ['example.com', 'https://notexample.com/', false],
    ['.example.com', 'https://api.example.com/', true],
    ['.example.com', 'https://example.com/', true],
    ['*.example.com', 'https://api.example.com/', true],
    ['*.example.com', 'https://example.com/', false],
    ['*', 'https://example.com/', true],
    ['*:443', 'http://example.com/', false],
    ['a.test, example.com\tb.test', 'https://example.com/', true],
    ['example.com:8443', 'https://example.com:8443/', true],
    ['example.com:8443', 'https://example.com/', false],
    ['example.com:443', 'https://example.com/', true],
    ['localhost', 'http://localhost:8012/', true],
    ['127.0.0.1', 'http://127.0.0.1:8012/', true],
    ['127.0.0.1:8012', 'http://127.0.0.1:8012/', true],
    ['192.168.0.0/16', 'http://192.168.7.9/', true],
    ['192.168.0.0/16', 'http://192.169.0.1/', false],
    ['192.168.1.10-192.168.1.20', 'http://192.168.1.15/', true],
    ['192.168.1.9-192.168.1.20', 'http://192.168.1.100/', false],
    ['::1', 'http://[::1]:8012/', true],
    ['[::1]:8012', 'http://[::1]:8012/', true],
    ['[::1]:8012', 'http://[::1]/', false],
    ['fd00::/8', 'http://[fd12::1]/', true],
    ['fd00::/8', 'http://10.0.0.1/', false],
    ['0:0:0:0:0:0:0:1', 'http://[::1]/', true],
    ['10.0.0.0/8', 'https://example.com/', false],
    ['bücher.example', 'https://bücher.example/', true],
    ['bücher.example', 'https://xn--bcher-kva.example/', true],
    ['xn--bcher-kva.example', 'https://www.bücher.example/', true],
    ['', 'https://example.com/', false],
    [' , ,', 'https://example.com/', false],
    ['.', 'https://example.com/', false],
  ])('%j exempts %s: %s', (noProxy, url, expected) => {
    expect(isExempt(new URL(url), noProxy)).toBe(expected);
  });
});
