import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** A command of the repository, in a process group and a temporary folder of its own. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Everything it printed so far. */
  output(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** What it left: processes and files. */
  leftovers(): Promise<string[]>;
}

export async function startCommand(script: string, args: readonly string[] = []): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'command-test-'));
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../..', script), ...args], {
    detached: true,
    env: { ...process.env, TMPDIR: folder },
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    child,
    folder,
    output: () => output,
    ended,
    async leftovers() {
      const { stdout } = await promisify(execFile)('ps', ['-eo', 'pgid=,stat=,args=']);
      const group = stdout.split('\n').filter((line) => line.trim().startsWith(`${child.pid} `));
      // A process that was killed a moment ago may still wait to be collected.
      const processes = group.filter((line) => !/^\s*\d+\s+Z/.test(line));
      return [...processes, ...(await readdir(folder))];
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
