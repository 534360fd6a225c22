import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { searchFolder } from '../../src/secrecy/search.ts';

// The search for the key has to be able to find it.

const secret = 'tlk_MARKER7f3a9c51d2e84b06';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twelvelabs-proof-'));
});
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ['plain', `a log line with ${secret} in it`],
  ['UTF-16', Buffer.from(`x${secret}y`, 'utf16le')],
  ['hexadecimal', Buffer.from(secret).toString('hex')],
  ['base64, shifted by 0', Buffer.from(`abc${secret}`).toString('base64')],
  ['base64, shifted by 1', Buffer.from(`a${secret}`).toString('base64')],
  ['base64, shifted by 2', Buffer.from(`ab${secret}`).toString('base64')],
])('finds the key in its form "%s"', async (form, content) => {
  await writeFile(join(folder, 'file'), content);
  const { found } = await searchFolder(folder, secret);
  expect(found.map((hit) => hit.form)).toContain(form);
});

it('finds it where two reads meet, and nothing where nothing is', async () => {
  await writeFile(
    join(folder, 'file'),
    Buffer.concat([Buffer.alloc(1024 ** 2 - 5, 'x'), Buffer.from(secret)]),
  );
  expect((await searchFolder(folder, secret)).found).toHaveLength(1);
  await writeFile(join(folder, 'file'), secret.slice(0, -1));
  expect((await searchFolder(folder, secret)).found).toEqual([]);
});
