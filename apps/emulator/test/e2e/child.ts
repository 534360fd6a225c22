import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import { sampleVideo } from '../../src/samples.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const children = new Set<ChildProcess>();
const folders: string[] = [];
const dataDirs: string[] = [];

afterEach(async () => {
  for (const child of children) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  children.clear();
  // Killed so, an emulator cannot remove its temporary folder itself.
  for (const path of dataDirs.splice(0)) rmSync(path, { recursive: true, force: true });
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'emulator-e2e-'));
  folders.push(path);
  return path;
}

export interface Child {
  readonly process: ChildProcess;
  readonly url: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly dataDir: string;
  readonly port: number;
  /** All it has printed. */
  output(): string;
  /** Most memory it has held so far, bytes. */
  peakMemory(): number;
}

/** The emulator as people start it, in a separate process. `shell` comes before it, in the same process. */
export async function startChild(env: Record<string, string> = {}, shell = ''): Promise<Child> {
  const child = spawn('bash', ['-c', `${shell} exec "$0" "$1"`, process.execPath, main], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  while (!output.includes('Ctrl+C')) {
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(`The emulator ended: ${output}`);
  }
  const read = (label: string): string => new RegExp(`^ +${label} +(\\S+)$`, 'm').exec(output)?.[1] ?? '';
  const baseUrl = read('base URL');
  dataDirs.push(read('data'));
  return {
    process: child,
    url: new URL(baseUrl).origin,
    baseUrl,
    apiKey: read('API key'),
    dataDir: read('data'),
    port: Number(new URL(baseUrl).port),
    output: () => output,
    peakMemory: () => {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    },
  };
}

/** The sample video, made `size` bytes long by a box that players skip. Not in memory at once. */
export function* videoOfSize(size: number): Generator<Buffer> {
  const video = readFileSync(sampleVideo);
  yield video;
  const padding = size - video.length;
  const box = Buffer.alloc(8);
  box.writeUInt32BE(padding);
  box.write('free', 4);
  yield box;
  const zeros = Buffer.alloc(1024 * 1024);
  for (let left = padding - 8; left > 0; left -= zeros.length)
    yield zeros.subarray(0, Math.min(left, zeros.length));
}

/** A form around `file`, as bytes in order. */
export function* formOf(file: Iterable<Buffer>, name = 'a.mp4', boundary = 'b'): Generator<Buffer> {
  yield Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="method"\r\n\r\ndirect\r\n--${boundary}\r\n` +
      `content-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: video/mp4\r\n\r\n`,
  );
  yield* file;
  yield Buffer.from(`\r\n--${boundary}--\r\n`);
}

export const formType = 'multipart/form-data; boundary=b';
