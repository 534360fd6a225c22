import fc from 'fast-check';
import { target } from '../target.ts';
import { nasty } from '../values.ts';
import { ask, close, open, requireGoodReply } from './server.ts';

const BOUNDARY = 'b0undary';
const lineEnd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('\r\n') },
  fc.constantFrom('\n', '\r', '', '\r\n\r\n'),
);
const disposition = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom('method', 'file', 'url', 'filename', 'enable_hls', 'user_metadata', 'x'),
        fc.option(nasty, { nil: undefined }),
      )
      .map(
        ([name, filename]) =>
          `Content-Disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}`,
      ),
  },
  fc.constantFrom(
    'Content-Disposition: form-data',
    'content-disposition:',
    'Content-Disposition: attachment; name=x',
    "Content-Disposition: form-data; name*=utf-8''%zz",
    'Content-Disposition: form-data; name="file"; filename*=utf-8\'\'%ff',
  ),
  nasty.map((text) => `Content-Disposition: form-data; name="${text}"`),
);
const extra = fc.oneof(
  fc.constantFrom(
    'Content-Type: video/mp4',
    'Content-Type: ',
    'Content-Type: text/plain; charset=x',
    'Content-Transfer-Encoding: base64',
    'Content-Length: -1',
  ),
  nasty,
);
const content = fc.oneof(
  nasty,
  fc.constantFrom(
    'direct',
    'url',
    'true',
    'false',
    '{"a":1}',
    '{"__proto__":{"a":1}}',
    '{',
    '[]',
    'null',
    'http://127.0.0.1:1/x.mp4',
  ),
  fc.constant(`--${BOUNDARY}`),
);
const part = fc
  .tuple(disposition, fc.array(extra, { maxLength: 2 }), lineEnd, content, lineEnd)
  .map(
    ([first, more, end, body, last]) =>
      `--${BOUNDARY}${end}${[first, ...more].join(end)}${end}${end}${body}${last}`,
  );
const form = fc
  .tuple(
    fc.array(part, { maxLength: 6 }),
    fc.constantFrom(`--${BOUNDARY}--\r\n`, `--${BOUNDARY}--`, `--${BOUNDARY}`, ''),
  )
  .map(([parts, end]) => parts.join('') + end);
const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant(`multipart/form-data; boundary=${BOUNDARY}`) },
  fc.constantFrom(
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary="${BOUNDARY}"`,
    'multipart/mixed; boundary=b0undary',
    'application/json',
    'text/plain',
    '',
    `multipart/form-data; boundary=${'x'.repeat(300)}`,
  ),
);

export const forms = target({
  name: 'emulator: multipart forms',
  weight: 10,
  open,
  close,
  input: fc.record({
    type: contentType,
    form,
    cut: fc.option(fc.nat({ max: 500 }), { nil: undefined, freq: 5 }),
  }),
  async check({ type, form, cut }) {
    const body = Buffer.from(form, form.includes('\u00ff') ? 'latin1' : 'utf8').subarray(0, cut);
    const reply = await ask(
      'POST',
      '/v1.3/assets',
      { 'content-type': type, 'content-length': String(body.length) },
      body,
    );
    requireGoodReply(reply, 'POST /assets');
    // What is taken leaves again, so that the store stays as small as it is.
    if (reply.status < 300) await ask('DELETE', `/v1.3/assets/${JSON.parse(reply.text)._id}?force=true`, {});
  },
});
