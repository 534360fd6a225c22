/**
 * `pnpm --filter @twelvelabs-nodes/app-n8n test:versions [VERSION…]`: the end-to-end cases against other versions of
 * n8n. Not part of `test`: each version takes 2 GB and minutes to install. They are kept in the given cache folder.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A 2.x of half a year ago, and the last 1.x, which runs on Node.js 24 too. */
const DEFAULT_VERSIONS = ['2.30.8', '1.123.81'];

/** The editor, queue mode and samples with newer nodes are left out: they need what only newer versions have. */
const CASES = [
  'create',
  'operations',
  'analysis',
  'resources',
  'many-items',
  'retry-on-fail',
  'bad-input',
  'bad-input-operations',
  'bad-input-trigger',
  'binary-modes',
  'credential',
  'failures',
  'trigger',
  'trigger-index',
];

const cache = process.env.N8N_VERSIONS_DIR ?? path.join(tmpdir(), 'twelvelabs-n8n-versions');
const versions = process.argv.slice(2).filter((arg) => arg !== '--');
const app = path.resolve(import.meta.dirname, '..');

async function install(version: string): Promise<string> {
  const dir = path.join(cache, version);
  const n8n = path.join(dir, 'node_modules', 'n8n');
  const installed = await readFile(path.join(n8n, 'package.json'), 'utf8').catch(() => undefined);
  if (installed) return n8n;
  await mkdir(dir, { recursive: true });
  await writeFile(
    path.join(dir, 'package.json'),
    JSON.stringify({ private: true, dependencies: { n8n: version } }),
  );
  const settings = [
    // Of the many native builds that n8n's dependencies want, only SQLite's is needed here.
    'allowBuilds:',
    '  sqlite3: true',
    'strictDepBuilds: false',
    'verifyDepsBeforeRun: false',
    // 1.x takes this one from a server of its own; the registry has an older one, which no case uses.
    'overrides:',
    '  xlsx: 0.18.5',
    // 1.x does not load with the newest one that its ranges allow.
    "  '@langchain/langgraph-checkpoint': 1.0.0",
    '',
  ];
  await writeFile(path.join(dir, 'pnpm-workspace.yaml'), settings.join('\n'));
  await run('npx', ['-y', 'pnpm@12.21.0', 'install', '--no-frozen-lockfile'], dir, {});
  return n8n;
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ${args.join(' ')} ended with ${code}`)),
    );
  });
}

const failed: string[] = [];
for (const version of versions.length > 0 ? versions : DEFAULT_VERSIONS) {
  process.stdout.write(`\nn8n ${version}\n`);
  try {
    const n8n = await install(version);
    const files = CASES.map((name) => `test/${name}.test.ts`);
    await run(path.join(app, 'node_modules', '.bin', 'vitest'), ['run', ...files], app, {
      N8N_UNDER_TEST: n8n,
    });
  } catch (error) {
    failed.push(`${version}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
if (failed.length > 0) {
  process.stderr.write(`${failed.join('\n')}\n`);
  process.exitCode = 1;
}
