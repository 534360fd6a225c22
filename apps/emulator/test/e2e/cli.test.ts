import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { networkInterfaces } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { lacks } from '../../src/programs.ts';
import { sampleVideo } from '../../src/samples.ts';
import { folder, formOf, formType, startChild } from './child.ts';

test.skipIf(lacks('curl'))(
  'prints where it is and a curl line that works as it stands (needs curl)',
  async () => {
    const child = await startChild({ EMULATOR_API_KEYS: 'one,two' });
    expect(child.apiKey).toBe('one');
    expect(existsSync(child.dataDir)).toBe(true);
    const line = child
      .output()
      .split('\n')
      .find((text) => text.includes('curl '));
    const { stdout } = await promisify(execFile)('bash', ['-c', `${line?.trim()} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'processing', filename: 'video.mp4' });
  },
);

test('listens on loopback only', async () => {
  const child = await startChild();
  const own = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal);
  expect(new URL(child.url).hostname).toBe('127.0.0.1');
  if (own === undefined) return;
  await expect(fetch(`http://${own.address}:${child.port}/healthz`)).rejects.toThrow();
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s lets the upload under way finish, then ends it all cleanly',
  async (signal) => {
    const child = await startChild();
    const sending = httpRequest(`${child.baseUrl}/assets`, {
      method: 'POST',
      headers: { 'x-api-key': child.apiKey, 'content-type': formType },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const [head, file, tail] = formOf([readFileSync(sampleVideo)]);
    sending.write(head);
    sending.write(file);
    await fetch(`${child.url}/healthz`);
    child.process.kill(signal);
    while ((await fetch(`${child.url}/healthz`).catch(() => null)) !== null);
    sending.end(tail);
    const [response] = await answered;
    expect(response.statusCode).toBe(201);
    response.resume();
    if (child.process.exitCode === null) await once(child.process, 'exit');
    expect(child.process.exitCode).toBe(0);
    expect(existsSync(child.dataDir)).toBe(false);
  },
);

test('a given data folder stays, and a second emulator may not have it', async () => {
  const dataDir = folder();
  const child = await startChild({ EMULATOR_DATA_DIR: dataDir });
  await expect(startChild({ EMULATOR_DATA_DIR: dataDir })).rejects.toThrow(/in use by another emulator/);
  await expect(startChild({ PORT: String(child.port) })).rejects.toThrow(/EADDRINUSE[\s\S]*--port/);
  child.process.kill('SIGTERM');
  await once(child.process, 'exit');
  expect(existsSync(dataDir)).toBe(true);
});

test('environment variables that cannot be meant are all named, with rule and shape', async () => {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main], {
    env: {
      PORT: '99999',
      HOST: 'a b',
      EMULATOR_API_KEYS: 'one,,secret two',
      EMULATOR_RATE_LIMIT: '0',
      EMULATOR_DATA_DIR: ' ',
    },
  });
  let text = '';
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  await once(child, 'close');
  expect(child.exitCode).toBe(2);
  for (const name of ['PORT', 'HOST', 'EMULATOR_API_KEYS', 'EMULATOR_RATE_LIMIT', 'EMULATOR_DATA_DIR']) {
    expect(text).toMatch(new RegExp(`^${name}: must be .+ \\(got a string of \\d+ characters\\)$`, 'm'));
  }
  expect(text).not.toContain('secret');
});
