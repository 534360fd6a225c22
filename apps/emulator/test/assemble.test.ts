import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { assemble } from '../src/jobs/assemble.ts';
import { FileStore } from '../src/store/files.ts';
import type { UploadRecord } from '../src/store/uploads.ts';

const root = mkdtempSync(join(tmpdir(), 'emulator-assemble-'));
afterEach(() => rmSync(root, { recursive: true, force: true }));

const upload = { id: 'u', asset_id: 'a', total_size: 10, chunk_size: 4, total_chunks: 3 } as UploadRecord;

test.each<[string, Record<string, string>]>([
  ['before it began', { 1: 'abcd', 2: 'efgh', 3: 'ij' }],
  ['after the first was taken over', { whole: 'abcd', 2: 'efgh', 3: 'ij' }],
  ['in the middle of a chunk', { whole: 'abcdef', 2: 'efgh', 3: 'ij' }],
  ['between append and removal', { whole: 'abcdefgh', 2: 'efgh', 3: 'ij' }],
  ['before the last', { whole: 'abcdefgh', 3: 'ij' }],
  ['before the move', { whole: 'abcdefghij' }],
])('a crash %s does no harm', async (_name, left) => {
  const files = new FileStore(root);
  mkdirSync(files.chunks('u'), { recursive: true });
  for (const [name, content] of Object.entries(left)) writeFileSync(join(files.chunks('u'), name), content);
  await assemble(files, upload, new AbortController().signal);
  expect(readFileSync(files.file('a'), 'utf8')).toBe('abcdefghij');
  expect(readdirSync(join(root, 'chunks'))).toEqual([]);
  await assemble(files, upload, new AbortController().signal);
  expect(readFileSync(files.file('a'), 'utf8')).toBe('abcdefghij');
});
