import fc from 'fast-check';
import { target } from '../target.ts';
import { junk, mutated, nasty } from '../values.ts';
import { path, query } from './paths.ts';
import { ask, close, emulator, open, requireGoodReply } from './server.ts';

const jsonShapes = fc.oneof(
  mutated({ filename: 'a.mp4', type: 'video', total_size: 100, enable_hls: false, user_metadata: { a: 1 } }),
  mutated({ start: 1, count: 5 }),
  mutated({ completed_chunks: [{ chunk_index: 1, proof: 'x', proof_type: 'etag', chunk_size: 5 }] }),
  mutated({ user_metadata: { a: 1, b: null } }),
  mutated([{ match: { path: '/nowhere' }, action: { type: 'respond', status: 500 } }]),
  mutated([{ prompt: '*summar*', filename: '*.mp4', answer: { a: 1 } }]),
  mutated({ advance_ms: 0 }),
  junk,
);

export const jsonEndpoints = target({
  name: 'emulator: JSON endpoints, paths and queries',
  weight: 10,
  open,
  close,
  input: fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE'),
    path,
    query,
    body: fc.oneof({ weight: 6, arbitrary: jsonShapes.map((value) => JSON.stringify(value) ?? '') }, nasty),
    type: fc.constantFrom('application/json', 'application/json', 'text/plain', ''),
  }),
  async check({ method, path, query, body, type }) {
    const bytes = method === 'GET' ? undefined : Buffer.from(body);
    const headers = bytes ? { 'content-type': type, 'content-length': String(bytes.length) } : {};
    const reply = await ask(method, `${path}${query}`, headers as Record<string, string>, bytes);
    // Rules that got through would break the cases after this one, and uploads would fill the store.
    if (path.startsWith('/_emulator/') && reply.status < 300) await emulator.reset();
    if (path.startsWith('/v1.3')) requireGoodReply(reply, `${method} ${path}`);
    else if (reply.status >= 500 && !path.startsWith('/_emulator'))
      throw new Error(`${method} ${path}: ${reply.status}`);
  },
});
