import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach } from 'vitest';
import { type Emulator, type EmulatorOptions, startEmulator } from '../src/index.ts';
import { typeOfName } from '../src/media/types.ts';

const open = new Set<Emulator>();

afterEach(async () => {
  await Promise.all([...open].map((emulator) => emulator.close()));
  open.clear();
});

/** An emulator that is closed when the test ends. */
export async function emulate(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.add(emulator);
  return emulator;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers whose form is what they test
  readonly body: any;
}

/** A request with the key, its answer parsed. `path` is under `/v1.3`. */
export async function call(
  emulator: Emulator,
  method: string,
  path: string,
  body?: FormData | object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const json = body !== undefined && !(body instanceof FormData);
  const response = await fetch(emulator.baseUrl + path, {
    method,
    headers: {
      'x-api-key': emulator.apiKey,
      ...(json && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: json ? JSON.stringify(body) : body }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

/** A form of `method=direct` and a file. */
export function direct(
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
  fields: Record<string, string> = {},
  type = typeOfName(name) ?? '',
): FormData {
  const form = new FormData();
  form.append('method', 'direct');
  form.append('file', new Blob([content], { type }), name);
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  return form;
}

/** The same with a file from disk. */
export function directFile(path: string, fields: Record<string, string> = {}): FormData {
  return direct(readFileSync(path) as Uint8Array<ArrayBuffer>, basename(path), fields);
}

/** Creates an asset from a form, waits until it is processed and retrieves it. */
export async function createSettled(emulator: Emulator, form: FormData): Promise<Answer> {
  const created = await call(emulator, 'POST', '/assets', form);
  if (created.status !== 201) throw new Error(`Not created: ${JSON.stringify(created.body)}`);
  await emulator.settled();
  return call(emulator, 'GET', `/assets/${created.body._id}`);
}
