import { connect } from 'node:net';
import fc from 'fast-check';
import { target } from '../target.ts';
import { nasty } from '../values.ts';
import { path } from './paths.ts';
import { close, emulator, open } from './server.ts';

const headerLine = fc.oneof(
  fc
    .tuple(
      fc.constantFrom(
        'x-api-key',
        'content-length',
        'transfer-encoding',
        'content-type',
        'host',
        'expect',
        'connection',
        'cookie',
        'range',
        'content-encoding',
      ),
      fc.oneof(
        nasty.map((text) => text.slice(0, 3_000)),
        fc.constantFrom('0', '-1', '5', '1e9', 'chunked', 'identity', 'gzip', '100-continue', 'tlk_emulator'),
      ),
    )
    .map(([name, value]) => `${name}: ${value}`),
  nasty.map((text) => text.slice(0, 3_000)),
);
const requestLine = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'get', ''),
        path,
        fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/9', ''),
      )
      .map((words) => words.join(' ')),
  },
  nasty.map((text) => text.slice(0, 3_000)),
);

export const rawHeaders = target({
  name: 'emulator: request heads',
  weight: 5,
  open,
  close,
  input: fc.record({
    first: requestLine,
    lines: fc.array(headerLine, { maxLength: 6 }),
    body: nasty.map((text) => text.slice(0, 300)),
  }),
  async check({ first, lines, body }) {
    const text = await exchange(`${[first, 'host: a', ...lines].join('\r\n')}\r\n\r\n${body}`);
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(text)?.[1] ?? 0);
    // 501 and 505 are what RFC 9110 wants for methods and versions that a server does not have.
    if (status >= 500 && ![501, 505, 507].includes(status)) throw new Error(text.slice(0, 400));
    if (/x-evil/i.test(text.split('\r\n\r\n')[0] ?? ''))
      throw new Error(`A header was let in: ${text.slice(0, 400)}`);
  },
});

/** Writes, half-closes, and reads until the other side ends it. */
function exchange(text: string): Promise<string> {
  return new Promise((resolve) => {
    let received = '';
    const socket = connect(emulator.port, '127.0.0.1', () => socket.end(text));
    socket.setEncoding('latin1').on('data', (piece: string) => {
      received += piece;
    });
    socket.on('error', () => undefined).on('close', () => resolve(received));
  });
}
