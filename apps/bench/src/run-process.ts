import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { endWithThis } from '@twelvelabs-nodes/emulator/child-processes';

/** What one run of a whole process took. */
export interface Run {
  /** Seconds, from before it was started until it had ended. */
  readonly wall: number;
  /** Seconds of user and system time. */
  readonly cpu: number;
  /** MiB at the peak; `undefined` where the system does not report it. */
  readonly rss: number | undefined;
  readonly stdout: string;
}

const preload = new URL('../programs/account.mjs', import.meta.url).href;

/** Runs a program on this very Node.js; it accounts for itself as it ends. */
export async function runNode(script: URL, env: NodeJS.ProcessEnv): Promise<Run> {
  const { wall, outputs } = await run(process.execPath, ['--import', preload, script.pathname], env);
  const [stdout = '', account = ''] = outputs;
  const { cpu, rss } = JSON.parse(account) as { cpu: number; rss: number };
  return { wall, cpu, rss, stdout };
}

/** Runs another program; the shell's `time` accounts for it, and its peak is read while it runs (on Linux). */
export async function runCommand(command: string, args: readonly string[]): Promise<Run> {
  let peak: number | undefined;
  const watch = (child: ChildProcess) => {
    const timer = setInterval(() => {
      peak = peakOf(child.pid) ?? peak;
    }, 5);
    child.on('close', () => clearInterval(timer));
  };
  // The shell replaces itself by nothing: the program is its only child.
  const script = 'TIMEFORMAT="%U %S"; { time "$@" 2>/dev/null 1>&2; } 2>&3';
  const { wall, outputs } = await run('bash', ['-c', script, 'bash', command, ...args], process.env, watch);
  const [stdout = '', account = ''] = outputs;
  const [user = 0, system = 0] = account.trim().split(' ').map(Number);
  return { wall, cpu: user + system, rss: peak, stdout };
}

async function run(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  watch: (child: ChildProcess) => void = () => undefined,
): Promise<{ wall: number; outputs: string[] }> {
  const started = process.hrtime.bigint();
  const child = endWithThis(spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] }));
  watch(child);
  const [, out, err, account] = child.stdio as (Readable | null)[];
  const texts = [out, err, account].map(textOf);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('exit', resolve).on('error', reject),
  );
  const wall = Number(process.hrtime.bigint() - started) / 1e9;
  const [stdout = '', stderr = '', accounted = ''] = await Promise.all(texts);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stderr.slice(-2_000)}`);
  return { wall, outputs: [stdout, accounted] };
}

async function textOf(stream: Readable | null | undefined): Promise<string> {
  let text = '';
  if (stream) for await (const chunk of stream) text += chunk;
  return text;
}

/** MiB of the shell's child at its peak so far. */
function peakOf(shell: number | undefined): number | undefined {
  try {
    const [child] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').split(' ');
    const status = readFileSync(`/proc/${child}/status`, 'utf8');
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]) / 1024 || undefined;
  } catch {
    return undefined;
  }
}
