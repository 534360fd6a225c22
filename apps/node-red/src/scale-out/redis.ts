import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { endWithThis } from '@twelvelabs-nodes/emulator/child-processes';
import { findProgram, lacks } from '@twelvelabs-nodes/emulator/programs';
import { removeFolder } from '../harness/install.ts';

const run = promisify(execFile);

const PROGRAMS = ['redis-server', 'redis-cli'] as const;

/** Whether nothing that needs Redis can run here. */
export const lacksRedis = lacks(...PROGRAMS);

/** A Redis on a socket in a folder of its own: no port that could be taken. */
export interface Redis extends AsyncDisposable {
  /** What ioredis takes. */
  readonly options: { path: string };
  /** Runs a command and gives its answer as redis-cli prints it. */
  command(...words: string[]): Promise<string>;
}

export async function startRedis(): Promise<Redis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'twelvelabs-redis-'));
  const socket = path.join(folder, 'redis.sock');
  const [program, client] = PROGRAMS.map((name) => findProgram(name));
  if (!program || !client) throw new Error('There is no redis-server or no redis-cli on this machine');
  const server = endWithThis(
    spawn(program, ['--port', '0', '--unixsocket', socket, '--dir', folder, '--save', '']),
  );
  let output = '';
  for await (const chunk of server.stdout) {
    output += String(chunk);
    if (/ready to accept connections/i.test(output)) break;
  }
  if (!existsSync(socket)) throw new Error(`Redis did not start:\n${output}`);
  return {
    options: { path: socket },
    command: async (...words) => (await run(client, ['-s', socket, ...words])).stdout.trim(),
    async [Symbol.asyncDispose]() {
      const exited = once(server, 'exit');
      server.kill();
      await exited;
      await removeFolder(folder);
    },
  };
}
