import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endWithThis } from '@twelvelabs-nodes/emulator/child-processes';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { findProgram, lacks } from '@twelvelabs-nodes/emulator/programs';

const run = promisify(execFile);

/** A database or queue of our own, on a reserved port, with its data in a temporary folder. */
export interface Service {
  readonly port: number;
  /** Where it keeps its data, for as long as it runs. */
  readonly dir: string;
  stop(): Promise<void>;
}

/** Whether queue mode cannot be tried here. */
export const lacksServices = lacks('redis-server', 'redis-cli', 'postgres', 'initdb', 'pg_dump');

/** Starts Redis without persistence. */
export async function startRedis(): Promise<Service> {
  const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-redis-'));
  const port = await reservePort();
  const args = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
  ];
  return serve(programOf('redis-server'), args, port, dir, {});
}

/** Starts PostgreSQL; as its own user when we are root, which it refuses to run as. */
export async function startPostgres(): Promise<Service> {
  const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-postgres-'));
  const port = await reservePort();
  const user: { uid?: number; gid?: number } = process.getuid?.() === 0 ? await userIds('postgres') : {};
  if (user.uid !== undefined && user.gid !== undefined) await chown(dir, user.uid, user.gid);
  const data = path.join(dir, 'data');
  await run(programOf('initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '--no-sync'], {
    ...user,
    cwd: dir,
  });
  // Durability would only cost time: the data is thrown away.
  const settings = [
    'listen_addresses=127.0.0.1',
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
  ];
  const args = ['-D', data, '-p', String(port), '-k', dir, ...settings.flatMap((setting) => ['-c', setting])];
  const service = await serve(programOf('postgres'), args, port, dir, user);
  await run(programOf('createdb'), ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n'], {
    ...user,
    cwd: dir,
  });
  return service;
}

/** Everything that PostgreSQL holds, as the SQL that would restore it. */
export async function dumpPostgres({ port }: Service): Promise<string> {
  const args = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '--inserts', 'n8n'];
  const { stdout } = await run(programOf('pg_dump'), args, { maxBuffer: 1024 ** 3 });
  return stdout;
}

/** Has PostgreSQL write to its files what it only remembers so far. */
export async function flushPostgres({ port }: Service): Promise<void> {
  const args = ['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', '-c', 'CHECKPOINT', 'n8n'];
  await run(programOf('psql'), args);
}

/** Has Redis write all of its memory to a file; gives that file. */
export async function dumpRedis({ port, dir }: Service): Promise<string> {
  await run(programOf('redis-cli'), ['-p', String(port), 'CONFIG', 'SET', 'rdbcompression', 'no']);
  await run(programOf('redis-cli'), ['-p', String(port), 'SAVE']);
  return path.join(dir, 'dump.rdb');
}

async function serve(
  command: string,
  args: readonly string[],
  port: number,
  dir: string,
  user: { uid?: number; gid?: number },
): Promise<Service> {
  const child = endWithThis(spawn(command, args, { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] }));
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  let failure: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      failure = error.message;
      resolve();
    });
    child.once('close', (code) => {
      failure ??= `it ended with ${code}`;
      resolve();
    });
  });
  const stop = async () => {
    // SIGINT is PostgreSQL's fast shutdown; Redis takes it as well.
    child.kill('SIGINT');
    await ended;
    await rm(dir, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    if (failure !== undefined) break;
    if (await accepts(port)) return { port, dir, stop };
    await delay(100);
  }
  await stop();
  throw new Error(
    `${path.basename(command)} did not start: ${failure ?? 'no answer'} ${Buffer.concat(errors)}`,
  );
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** @throws {Error} when this machine lacks it */
function programOf(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`There is no ${name} on this machine`);
  return path;
}

async function userIds(name: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error(`There is no user ${name}`);
  return { uid, gid };
}
