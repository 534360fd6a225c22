import { readdirSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';

/** The emulator of all targets. */
export let emulator: Emulator;
let users = 0;
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

export async function open(): Promise<void> {
  if (users++ > 0) return;
  emulator = await startEmulator({
    journalSize: 10,
    limits: { storage: 64 * 1024 ** 2 },
    ffmpeg: false,
    download: { totalMs: 500, idleMs: 500 },
  });
}

/** After all cases it still works, and no file is left of what was refused. */
export async function close(): Promise<void> {
  if (--users > 0) return;
  agent.destroy();
  await emulator.settled();
  await emulator.reset();
  const left = readdirSync(emulator.dataDir, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.startsWith('emulator.sqlite'),
  );
  if (left.length > 0)
    throw new Error(`Files are left: ${left.map(({ parentPath, name }) => join(parentPath, name))}`);
  await emulator.close();
}

interface Reply {
  readonly status: number;
  readonly text: string;
}

/** A kept connection may have been closed while it was idle: then the request goes out once more. */
export async function ask(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: Uint8Array,
): Promise<Reply> {
  const first = await askOnce(method, path, headers, body);
  return first ?? (await askOnce(method, path, headers, body)) ?? { status: 0, text: 'no answer' };
}

function askOnce(
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Uint8Array | undefined,
): Promise<Reply | undefined> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: emulator.port, agent, method, path };
    const sent = request(
      { ...options, headers: { 'x-api-key': emulator.apiKey, ...headers } },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
        response.on('error', reject);
      },
    );
    sent.on('error', (error) => (sent.reusedSocket ? resolve(undefined) : reject(error)));
    sent.end(body);
  });
}

/** Never a 5xx (but 507, a full disk); an error is JSON of one of the platform's shapes, with a bounded message. */
export function requireGoodReply({ status, text }: Reply, what: string): void {
  if (status >= 500 && status !== 507) throw new Error(`${what}: HTTP ${status} ${text.slice(0, 300)}`);
  // 431 is Node's own, before any route: query and path were too long.
  if (status < 400 || status === 431) return;
  const { error, ...plain } = JSON.parse(text) as { error?: Record<string, unknown> } & Record<
    string,
    unknown
  >;
  const { code, message } = error ?? plain;
  if (typeof code !== 'string' || typeof message !== 'string')
    throw new Error(`${what}: ${text.slice(0, 300)}`);
  if (text.length > 20_000) throw new Error(`${what}: ${text.length} characters`);
}
