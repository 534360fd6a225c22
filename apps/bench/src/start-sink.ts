import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of a chunk that the sink asks for. */
export const CHUNK = 16 * 1024 ** 2;

/** Where a program sends its requests. */
export interface Target {
  readonly baseUrl: string;
  /** A file with the certificate to trust, over TLS. */
  readonly caFile?: string;
}

export interface Sink extends AsyncDisposable {
  readonly plain: Target;
  readonly tls: Target;
  /** What arrived since it was last asked. */
  counted(): Promise<{ creates: number; chunks: number; bytes: number }>;
}

/**
 * Starts the counting server in a separate process, so that its work is not measured with the programs'.
 * @param folder gets the file with its certificate
 */
export async function startSink(folder: string): Promise<Sink> {
  const child: ChildProcess = fork(new URL('./sink.ts', import.meta.url), {
    env: { ...process.env, CHUNK: String(CHUNK) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the sink ended with ${code}`);
  });
  const [{ port, tlsPort, ca }] = (await Promise.race([once(child, 'message'), failed])) as [
    { port: number; tlsPort: number; ca: string },
  ];
  failed.catch(() => undefined);
  const origin = `http://127.0.0.1:${port}`;
  const caFile = join(folder, 'sink.pem');
  await writeFile(caFile, ca);
  return {
    plain: { baseUrl: `${origin}/v1.3` },
    tls: { baseUrl: `https://127.0.0.1:${tlsPort}/v1.3`, caFile },
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
