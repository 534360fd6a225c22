import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { endWithThis } from '@twelvelabs-nodes/emulator/child-processes';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import type { Home } from './home.ts';

export interface N8nProcess {
  readonly child: ChildProcess;
  /** Where its output goes. */
  readonly logFile: string;
  /** Everything it printed to its standard output so far. */
  output(): string;
  /** Resolves with the exit code (or the signal's name) when it has ended. */
  readonly ended: Promise<number | string>;
  /** Ends it: SIGTERM, then SIGKILL when it does not obey. */
  stop(): Promise<void>;
}

let started = 0;

/** Starts one n8n command in a home, with a broker port of its own. */
export async function spawnN8n(
  home: Home,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<N8nProcess> {
  const brokerPort = await reservePort();
  const logFile = path.join(home.dir, `n8n-${args[0]}-${started++}.log`);
  const log = createWriteStream(logFile);
  const child = endWithThis(
    spawn(process.execPath, [home.program, ...args], {
      cwd: home.dir,
      env: { ...home.env, N8N_RUNNERS_BROKER_PORT: String(brokerPort), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let isRunning = true;
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      isRunning = false;
      log.end();
      resolve(code ?? signal ?? 'unknown');
    });
  });
  return {
    child,
    logFile,
    output: () => Buffer.concat(chunks).toString('utf8'),
    ended,
    async stop() {
      if (isRunning) {
        child.kill('SIGTERM');
        const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
        await ended;
        clearTimeout(impatient);
      }
      await finished(log);
    },
  };
}

/** Runs one n8n command to its end. */
export async function runN8n(
  home: Home,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const running = await spawnN8n(home, args, env);
  const exit = await running.ended;
  return { exit, output: running.output(), logFile: running.logFile };
}
