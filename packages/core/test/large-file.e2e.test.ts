import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCountingSink } from './support/counting-sink.ts';

const GiB = 1024 ** 3;
const script = fileURLToPath(new URL('support/upload-process.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'large-file-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('uploads 10 GiB, the most that the platform takes, in memory that does not grow with the file', async () => {
  await using sink = await startCountingSink(32 * 1024 ** 2);
  const path = join(folder, 'ten-gigabytes.mp4');
  const file = await open(path, 'w');
  await file.truncate(10 * GiB);
  await file.close();

  const child = spawn(process.execPath, [script, sink.baseUrl, 'tlk_sink', path]);
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  expect(errors).toBe('');
  expect(sink.received()).toEqual({ bytes: 10 * GiB, chunks: 320 });
  const { peakKiB } = JSON.parse(output.trim().split('\n').at(-1) ?? '');
  // An upload that kept one chunk in four of this file would be over a gigabyte.
  expect(peakKiB / 1024).toBeLessThan(400);
});
