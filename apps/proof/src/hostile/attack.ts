import { inspect } from 'node:util';
import { type Clock, TwelveLabsClient, TwelveLabsError } from '@twelvelabs-nodes/core';
import { systemClock, undiciTransport } from '@twelvelabs-nodes/core/node';
import type { HostileServer } from './server.ts';

/** A key that is looked for in everything that an attack leaves behind. */
export const MARKER = 'tlk_MARKER7f3a9c51d2e84b06';

/** Characters that an error may take at most, in whatever form a host may show or store it. */
const BOUND = 6_000;

/** Fast and single: an attack shows in one attempt. */
export const ONCE = { idleTimeout: 400, retry: { maxAttempts: 1, maxElapsed: 0, baseDelay: 0, maxDelay: 0 } };

/** The pauses before a look at the newest assets are real, but short: attacks are many. */
const hurried: Clock = {
  ...systemClock,
  sleep: (milliseconds, signal) =>
    systemClock.sleep(milliseconds > ONCE.idleTimeout ? milliseconds / 20 : milliseconds, signal),
};

type TransportOptions = Parameters<typeof undiciTransport>[0];

/** Core over its own transport, as everybody uses it; closed with its connections. */
export class AttackedClient extends TwelveLabsClient implements AsyncDisposable {
  readonly #transport: ReturnType<typeof undiciTransport>;

  constructor(server: Pick<HostileServer, 'url'>, options: Partial<TransportOptions> = {}) {
    const baseUrl = `${server.url}/v1.3`;
    const transport = undiciTransport({ apiKey: MARKER, baseUrl, proxy: '', ...options });
    super({ transport, clock: hurried, baseUrl, retry: ONCE.retry });
    this.#transport = transport;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#transport.close();
  }
}

/**
 * Runs a call that has to fail, and holds its error against what every error promises: it is ours, it says
 * something, it is short in every form, and it shows no byte of the key.
 */
export async function failureOf(work: Promise<unknown>): Promise<TwelveLabsError> {
  const error: unknown = await work.then(
    (value) => {
      throw new Error(`It succeeded: ${inspect(value).slice(0, 300)}`);
    },
    (thrown: unknown) => thrown,
  );
  if (!TwelveLabsError.is(error)) throw new Error(`A foreign error: ${inspect(error)}`, { cause: error });
  const forms = {
    message: error.message,
    hint: error.hint ?? '',
    json: JSON.stringify(error),
    inspected: inspect(error, { depth: 12 }),
  };
  if (typeof (error.hint ?? '') !== 'string') throw new Error('The hint is no text');
  for (const [form, text] of Object.entries(forms)) {
    // Node.js bounds what it inspects by itself.
    if (form !== 'inspected' && text.length > BOUND)
      throw new Error(`The error's ${form} has ${text.length} characters`);
    if (text.includes(MARKER)) throw new Error(`The key shows in the error's ${form}: ${text}`);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what would forge a line of a log is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(error.message)) {
    throw new Error(`The message holds control characters: ${JSON.stringify(error.message)}`);
  }
  return error;
}

/** What keeps a process alive or belongs to a connection, counted by kind. */
export function handles(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    if (/TCP|TLS|Timeout|Immediate|GetAddrInfo|FSReq|Pipe/.test(name)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Waits until the handles are as they were: sockets close in later turns of the event loop. */
export async function handlesBackTo(before: Record<string, number>): Promise<void> {
  const over = () => Object.entries(handles()).filter(([name, count]) => count > (before[name] ?? 0));
  // Turns, not time: each is a chance for the closes that are due.
  for (let turn = 0; turn < 2_000 && over().length > 0; turn++) await new Promise(setImmediate);
  if (over().length > 0) throw new Error(`Left open: ${JSON.stringify(Object.fromEntries(over()))}`);
}
