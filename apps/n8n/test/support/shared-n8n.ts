import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { packedPackage } from '../../src/package.ts';
import { startN8n } from '../../src/server.ts';

/** The key that every test uses: it may be found nowhere in what n8n writes. */
export const MARKER_KEY = 'tlk_marker_5f0c2d7e91b64a38';

declare module 'vitest' {
  interface ProvidedContext {
    n8n: { url: string; cookie: string; dir: string; logFile: string; pid: number; version: string };
  }
}

/** Starts the n8n that the test files share; at the end, looks for the key in everything that it wrote. */
export default async function setup(project: TestProject) {
  process.env.N8N_PACKED_NODE = await packedPackage();
  const n8n = await startN8n({ filesDir: '/' });
  const { pid } = n8n.process.child;
  if (pid === undefined) throw new Error('n8n has no process id');
  project.provide('n8n', {
    url: n8n.url,
    cookie: n8n.rest.cookie,
    dir: n8n.home.dir,
    logFile: n8n.process.logFile,
    pid,
    version: await versionOf(n8n.home.program),
  });
  return async () => {
    await n8n.process.stop();
    try {
      const found = await filesWith(n8n.home.dir, MARKER_KEY);
      if (found.length > 0) throw new Error(`The API key was found in clear in ${found.join(', ')}`);
    } finally {
      await n8n.stop();
    }
  };
}

/** The version of the n8n that a program belongs to. */
async function versionOf(program: string): Promise<string> {
  return JSON.parse(await readFile(path.resolve(program, '../../package.json'), 'utf8')).version;
}

/** Every file below a folder that holds a text: databases, logs and stored binaries alike. */
export async function filesWith(dir: string, text: string): Promise<string[]> {
  const needle = Buffer.from(text);
  const found: string[] = [];
  for (const name of await readdir(dir, { recursive: true })) {
    const file = path.join(dir, name);
    if ((await stat(file)).isFile() && (await readFile(file)).includes(needle)) found.push(file);
  }
  return found;
}
