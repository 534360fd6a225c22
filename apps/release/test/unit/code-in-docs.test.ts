import { createReadStream } from 'node:fs';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { samplesDir, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type DocProgram, programsFolder, writePrograms } from '../../src/doc-programs.ts';
import { writtenPages } from '../../src/documents.ts';
import { codeBlocksOf } from '../../src/markdown.ts';
import { run, runOk } from '../../src/run.ts';
import { problemOf } from '../../src/shell-line.ts';
import { read, root } from '../../src/workspace.ts';

const blocks = writtenPages().flatMap((page) =>
  codeBlocksOf(read(page)).map((block) => ({ ...block, at: `${page}:${block.line}` })),
);
const of = (...languages: string[]) => blocks.filter(({ language }) => languages.includes(language ?? ''));

/** Which fences there are, and what happens to them. */
it('every code block has a language that something checks', () => {
  const checked = ['ts', 'js', 'cjs', 'sh', 'json', 'yaml', 'text'];
  const others = blocks.filter(({ language }) => !checked.includes(language ?? ''));
  expect(others.map(({ at, language }) => `${at} ${language}`)).toEqual([]);
  expect(of('ts').length).toBeGreaterThan(3);
});

it('json and yaml blocks parse', () => {
  for (const { code, at } of of('json')) expect(() => JSON.parse(code), at).not.toThrow();
  for (const { code, at } of of('yaml')) expect(() => parse(code), at).not.toThrow();
});

it('shell lines name scripts and packages that exist', () => {
  const problems = of('sh').flatMap(({ code, at }) =>
    code
      .replaceAll('\\\n', ' ')
      .split('\n')
      .map((line) => problemOf(line))
      .filter((problem) => problem !== undefined)
      .map((problem) => `${at}: ${problem}`),
  );
  expect(problems).toEqual([]);
});

describe('examples, against the emulator', () => {
  let emulator: Emulator;
  let media: Server;
  let folder: string;
  let programs: DocProgram[];

  beforeAll(async () => {
    emulator = await startEmulator();
    // Stands for https://example.com: a public address that serves a video.
    media = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'video/mp4' });
      createReadStream(sampleVideo).pipe(response);
    });
    await new Promise<void>((resolve) => media.listen(0, '127.0.0.1', resolve));
    const { port } = media.address() as AddressInfo;
    folder = await mkdtemp(join(tmpdir(), 'twelvelabs-docs-'));
    await cp(samplesDir, folder, { recursive: true });
    await rm(programsFolder, { recursive: true, force: true });
    programs = await writePrograms(writtenPages(), programsFolder, (code) =>
      code.replaceAll('https://example.com/', `http://127.0.0.1:${port}/`),
    );
  });
  afterAll(async () => {
    await emulator?.close();
    media?.closeAllConnections();
    media?.close();
    await rm(folder, { recursive: true, force: true });
    await rm(programsFolder, { recursive: true, force: true });
  });

  it('are correct TypeScript', async () => {
    const config = {
      extends: '../../../../tsconfig.base.json',
      // Readers may leave a result unused; nothing else is let off.
      compilerOptions: { noUnusedLocals: false, erasableSyntaxOnly: true, types: ['node'] },
      include: ['*.mts'],
    };
    await writeFile(join(programsFolder, 'tsconfig.json'), JSON.stringify(config));
    await runOk(join(root, 'node_modules/.bin/tsc'), ['-p', programsFolder], { cwd: programsFolder });
  });

  it('run to their end', async () => {
    const running = programs.filter(({ runs }) => runs);
    expect(running.length).toBeGreaterThan(3);
    const env = {
      ...process.env,
      TWELVE_LABS_API_KEY: emulator.apiKey,
      TWELVELABS_BASE_URL: emulator.baseUrl,
    };
    const results = await Promise.all(
      running.map(async ({ page, line, file }) => {
        const { code, stderr } = await run(process.execPath, [file], { cwd: folder, env });
        return { at: `${page}:${line}`, code, stderr: code === 0 ? '' : stderr };
      }),
    );
    expect(results.filter(({ code }) => code !== 0)).toEqual([]);
    expect(emulator.requests().filter(({ method }) => method === 'POST').length).toBeGreaterThan(0);
  });

  it('curl lines are answered', async () => {
    for (const { code, at } of of('sh')) {
      for (const line of code.replaceAll('\\\n', ' ').split('\n')) {
        if (!line.trim().startsWith('curl ')) continue;
        const here = line.replaceAll('http://127.0.0.1:8012', emulator.url);
        const {
          code: exit,
          stdout,
          stderr,
        } = await run('bash', ['-c', `${here} -sS --fail-with-body`], {
          cwd: root,
        });
        expect({ at, line, exit, said: exit === 0 ? '' : stdout + stderr }).toEqual({
          at,
          line,
          exit: 0,
          said: '',
        });
      }
    }
  });
});
