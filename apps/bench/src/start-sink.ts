import { type ChildProcess, fork } from 'node:child_process';
import { CHUNK } from './suites.ts';

export interface Sink extends AsyncDisposable {
  readonly baseUrl: string;
  /** What arrived since it was last asked. */
  counted(): Promise<{ creates: number; chunks: number; bytes: number }>;
}

/** The counting server, in a process of its own: its work is not the programs'. */
export async function startSink(): Promise<Sink> {
  const child: ChildProcess = fork(new URL('./sink.ts', import.meta.url), {
    env: { ...process.env, CHUNK: String(CHUNK) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
    child.once('exit', (code) => reject(new Error(`the sink ended with ${code}`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    baseUrl: `${origin}/v1.3`,
    async counted() {
      return (await fetch(`${origin}/counted`)).json() as ReturnType<Sink['counted']>;
    },
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}
