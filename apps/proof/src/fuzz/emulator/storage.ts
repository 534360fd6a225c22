import fc from 'fast-check';
import { target } from '../target.ts';
import { nasty } from '../values.ts';
import { ask, close, open } from './server.ts';

let template: URL | undefined;

export const presignedTargets = target({
  name: 'emulator: presigned targets',
  weight: 5,
  async open() {
    await open();
    const body = Buffer.from(JSON.stringify({ filename: 'a.mp4', type: 'video', total_size: 100 }));
    const reply = await ask(
      'POST',
      '/v1.3/assets/multipart-uploads',
      { 'content-type': 'application/json', 'content-length': String(body.length) },
      body,
    );
    template = new URL(JSON.parse(reply.text).upload_urls[0].url);
  },
  close,
  input: fc.record({
    place: fc.nat({ max: 400 }),
    length: fc.nat({ max: 20 }),
    put: nasty.map((text) => text.slice(0, 200)),
    body: fc.uint8Array({ maxLength: 120 }),
    query: fc.option(nasty, { nil: undefined }),
  }),
  async check({ place, length, put, body, query }) {
    const whole = `${template?.pathname}${template?.search}`;
    const changed =
      whole.slice(0, Math.max(1, place)) +
      encodeURIComponent(put.toWellFormed()) +
      whole.slice(place + length);
    const extra = query === undefined ? '' : `&${encodeURIComponent(query.toWellFormed())}=1`;
    const sent = changed.startsWith('/') ? changed + extra : `/${changed}${extra}`;
    const reply = await ask(
      'PUT',
      sent.slice(0, 8_000),
      { 'content-length': String(body.length), 'content-type': 'application/octet-stream' },
      body,
    );
    if (reply.status >= 500) throw new Error(`PUT ${sent}: HTTP ${reply.status} ${reply.text.slice(0, 300)}`);
    if (reply.status < 300 && sent.split('?')[0] !== template?.pathname) throw new Error(`${sent} was taken`);
  },
});
