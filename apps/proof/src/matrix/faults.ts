import type { Emulator } from '@twelvelabs-nodes/emulator';
import { clearFaults } from '../platform.ts';
import type { DiskFile, Options } from '../runners/runner.ts';

export type Method = 'direct' | 'multipart' | 'url';
export const METHODS: readonly Method[] = ['direct', 'multipart', 'url'];

/** The expected result, written down before anything ran. */
export interface Expected {
  /** `created`, or the code of the error. */
  readonly ends: string;
  /** Assets on the platform afterwards, exactly. */
  readonly assets: number;
}

/** Why a fault cannot meet this method. */
export interface Impossible {
  readonly because: string;
}

export type Expectation = Expected | Impossible;

/** Addresses that lead to no platform, made once for a run. */
export interface Addresses {
  /** Nobody listens there. */
  readonly refusing: string;
  /** TLS with a certificate that nobody signed. */
  readonly untrusted: string;
  /** Reached through a proxy that refuses. */
  readonly proxied: string;
  /** Sees whether anything comes. */
  readonly elsewhere: string;
}

export interface Fault {
  readonly name: string;
  /** Makes it happen, before the call. */
  readonly cause: (emulator: Emulator, method: Method, addresses: Addresses) => void | Promise<void>;
  /** Another address than the emulator's. */
  readonly baseUrl?: (addresses: Addresses) => string;
  readonly expected: Readonly<Record<Method, Expectation>>;
  /** Where a host can't tell what core can, and why. */
  readonly differs?: Readonly<
    Partial<Record<'n8n' | 'Node-RED' | 'core', { expected: Expectation; because: string }>>
  >;
  /** What is special about the file, where one is sent. */
  readonly file?: Pick<DiskFile, 'name' | 'type' | 'stallsAfter'>;
  /** Options of the create beside those of the method: few faults show by the defaults alone. */
  readonly options?: Options;
  /** Whether the platform has answered this process before, so that a failure is an outage and no wrong address. */
  readonly isKnown?: boolean;
  /** The longest that the create may take, in milliseconds, where that is more than usual. */
  readonly timeLimit?: number;
}

const created: Expected = { ends: 'created', assets: 1 };
const fails = (ends: string, assets = 0): Expected => ({ ends, assets });
const everywhere = (expected: Expectation) => ({ direct: expected, multipart: expected, url: expected });
const not = (because: string): Impossible => ({ because });
const onlyChunks = (expected: Expectation) => ({
  direct: not('there are no chunks'),
  multipart: expected,
  url: not('there are no chunks'),
});

/** The request that carries the work: the create, or the first chunk of a multipart upload. */
const WORK = {
  direct: { method: 'POST', path: '/v1.3/assets' },
  url: { method: 'POST', path: '/v1.3/assets' },
  multipart: { method: 'PUT', path: '/storage/*' },
} as const;

type Action = Parameters<Emulator['addFaults']>[0][number]['action'];
const once =
  (action: Action) =>
  (emulator: Emulator, method: Method): void =>
    emulator.addFaults([{ match: WORK[method], action }]);
const always =
  (action: Action) =>
  (emulator: Emulator, method: Method): void =>
    emulator.addFaults([{ match: { ...WORK[method], times: 'always' }, action }]);
const answer = (status: number, headers: Record<string, string> = {}, body?: unknown): Action => ({
  type: 'respond',
  status,
  headers,
  ...(body === undefined ? {} : { body }),
});
const nothing = () => undefined;

/** Breaks off the work, and from then on every request, until the network is back. */
const outage =
  (seconds: number) =>
  (emulator: Emulator, method: Method): void => {
    const nth = method === 'multipart' ? 2 : 1;
    emulator.addFaults([
      { match: { ...WORK[method], nth }, action: { type: 'reset', at: 'during-body', afterBytes: 100 } },
    ]);
    whenSeen(
      emulator,
      ({ fault }) => fault !== null,
      () => {
        emulator.addFaults([{ match: { times: 'always' }, action: { type: 'reset', at: 'before-reading' } }]);
        setTimeout(() => void clearFaults(emulator), seconds * 1_000).unref();
      },
    );
  };

/** Does something as soon as the platform has seen a request. */
function whenSeen(
  emulator: Emulator,
  isIt: (request: ReturnType<Emulator['requests']>[number]) => boolean,
  act: () => void,
): void {
  const timer = setInterval(() => {
    if (!emulator.requests().some(isIt)) return;
    clearInterval(timer);
    act();
  }, 20);
  timer.unref();
}

/** HTTP dates and epoch times have whole seconds: two of them are one at least. */
const soon = () => new Date(Date.now() + 2_000);

export const FAULTS: readonly Fault[] = [
  { name: 'none', cause: nothing, expected: everywhere(created) },
  {
    name: 'DNS failure',
    cause: nothing,
    baseUrl: () => 'https://platform.invalid/v1.3',
    expected: everywhere(fails('network')),
  },
  {
    name: 'connection refused',
    cause: nothing,
    baseUrl: ({ refusing }) => refusing,
    expected: everywhere(fails('network')),
  },
  {
    name: 'TLS with unknown CA',
    cause: nothing,
    baseUrl: ({ untrusted }) => untrusted,
    expected: everywhere(fails('network')),
  },
  {
    name: 'proxy refusing',
    cause: nothing,
    baseUrl: ({ proxied }) => proxied,
    expected: everywhere(fails('network')),
    differs: {
      n8n: {
        expected: fails('authentication'),
        because: "n8n's proxy agent hands a proxy's refusal on as if it were the platform's answer",
      },
    },
  },
  {
    name: 'reset before the body',
    cause: once({ type: 'reset', at: 'before-reading' }),
    expected: everywhere(created),
  },
  {
    name: 'reset during the body',
    cause: once({ type: 'reset', at: 'during-body', afterBytes: 100 }),
    expected: everywhere(created),
  },
  {
    name: 'reset after the body, not stored',
    cause: once({ type: 'reset', at: 'after-body' }),
    expected: everywhere(created),
  },
  {
    name: 'reset after the body, stored',
    cause: once({ type: 'reset', at: 'after-stored' }),
    expected: everywhere(created),
  },
  {
    name: 'stall while sending',
    cause: once({ type: 'stall', while: 'reading', afterBytes: 100 }),
    options: { idleTimeout: 2_000 },
    expected: {
      direct: created,
      multipart: created,
      // The whole request is on its way before the platform stalls, and may arrive yet: nobody can tell.
      url: fails('uncertain_outcome'),
    },
  },
  {
    name: 'stall while receiving, stored',
    cause: once({ type: 'stall', while: 'answering' }),
    options: { idleTimeout: 2_000 },
    expected: everywhere(created),
  },
  {
    name: 'the file stalls while it is read',
    cause: nothing,
    // Not more: a function node of Node-RED keeps the last message that it saw.
    file: { name: 'video.mp4', type: 'video/mp4', stallsAfter: 1024 ** 2 },
    options: { idleTimeout: 2_000 },
    expected: { direct: fails('timeout'), multipart: fails('timeout'), url: not('there is no file') },
    differs: {
      n8n: { expected: not('n8n has all of it before'), because: 'files are in n8n before its node runs' },
    },
  },
  {
    name: 'slow trickle of the answer',
    cause: once({ type: 'delay', betweenBytesMs: 3 }),
    expected: everywhere(created),
  },
  { name: 'HTTP 408', cause: once(answer(408)), expected: everywhere(created) },
  {
    name: 'HTTP 429, Retry-After in seconds',
    cause: once(answer(429, { 'retry-after': '1' })),
    expected: everywhere(created),
  },
  {
    name: 'HTTP 429, Retry-After as a date',
    cause: (emulator, method) => once(answer(429, { 'retry-after': soon().toUTCString() }))(emulator, method),
    expected: everywhere(created),
  },
  {
    name: 'HTTP 429, X-Ratelimit-Reset',
    cause: (emulator, method) =>
      once(answer(429, { 'x-ratelimit-reset': String(Math.ceil(soon().getTime() / 1000)) }))(
        emulator,
        method,
      ),
    expected: everywhere(created),
  },
  {
    name: 'HTTP 429, a moment in the message',
    cause: (emulator, method) => {
      const message = `You have exceeded the rate limit (1req/min). Please try again later after ${soon().toISOString()}.`;
      once(answer(429, {}, { code: 'too_many_requests', message }))(emulator, method);
    },
    expected: everywhere(created),
  },
  { name: 'HTTP 429, no hint', cause: once(answer(429)), expected: everywhere(created) },
  {
    name: 'HTTP 429 for a day',
    cause: always(answer(429, { 'retry-after': '86400' })),
    expected: everywhere(fails('rate_limit')),
  },
  {
    name: 'HTTP 500',
    cause: once(answer(500)),
    // A chunk is safe to repeat; a create is not, and 500 is no promise that it helps.
    expected: { direct: fails('api'), multipart: created, url: fails('api') },
  },
  { name: 'HTTP 502', cause: once(answer(502)), expected: everywhere(created) },
  { name: 'HTTP 503', cause: once(answer(503)), expected: everywhere(created) },
  { name: 'HTTP 504', cause: once(answer(504)), expected: everywhere(created) },
  {
    name: 'HTTP 503 without an end, for a create that may take 20 s',
    cause: always(answer(503)),
    options: { timeout: 20_000 },
    expected: everywhere(fails('timeout')),
  },
  ...[15, 60].map(
    (seconds): Fault => ({
      name: `no network for ${seconds} s, in the middle of the work`,
      cause: outage(seconds),
      isKnown: true,
      // The pauses between attempts grow to half a minute.
      timeLimit: 1_000 * seconds + 60_000,
      expected: everywhere(created),
    }),
  ),
  {
    name: 'the asset is not there yet, when asked whether it is ready',
    cause: (emulator) =>
      emulator.addFaults([
        {
          match: { method: 'GET', path: '/v1.3/assets/*', times: 2 },
          action: answer(404, {}, { code: 'resource_not_exist', message: 'No such asset.' }),
        },
      ]),
    options: { waitUntilReady: true },
    expected: {
      direct: created,
      multipart: not('its session has said that the asset is there'),
      // The wait goes on, and then reads that the platform could not fetch the URL.
      url: fails('asset_failed', 1),
    },
  },
  {
    name: 'truncated answer',
    cause: once({ type: 'truncate', afterBytes: 10 }),
    expected: { direct: created, multipart: created, url: created },
  },
  { name: 'invalid JSON', cause: once({ type: 'invalid-json' }), expected: everywhere(created) },
  { name: 'wrong content type', cause: once({ type: 'content-type' }), expected: everywhere(created) },
  {
    name: 'an HTML page for an answer',
    cause: once({ type: 'content-type', body: '<html><title>Log in</title></html>' }),
    expected: everywhere(created),
  },
  {
    name: 'redirect to another origin',
    cause: (emulator, method, { elsewhere }) =>
      once({ type: 'redirect', location: elsewhere })(emulator, method),
    expected: everywhere(fails('unexpected_response')),
  },
  { name: 'expired presigned URL', cause: once({ type: 'expired-url' }), expected: onlyChunks(created) },
  { name: 'corrupted ETag', cause: once({ type: 'corrupt-etag' }), expected: onlyChunks(created) },
  {
    name: 'session expired',
    // A day passes once the first chunk has come.
    cause: (emulator) => {
      emulator.addFaults([
        { match: { ...WORK.multipart, times: 'always' }, action: { type: 'delay', beforeHeadersMs: 400 } },
      ]);
      whenSeen(
        emulator,
        ({ method }) => method === 'PUT',
        () => emulator.advanceClock(25 * 3_600_000),
      );
    },
    expected: {
      direct: not('there is no session'),
      multipart: fails('upload_session'),
      url: not('there is no session'),
    },
  },
  ...(['behind', 'ahead of'] as const).flatMap((side): Fault[] => {
    const off = (emulator: Emulator) => emulator.advanceClock(side === 'behind' ? 3_600_000 : -3_600_000);
    return [
      {
        name: `clock an hour ${side} the platform, answer lost`,
        cause: (emulator, method) => {
          off(emulator);
          once({ type: 'reset', at: 'after-stored' })(emulator, method);
        },
        expected: everywhere(created),
      },
      {
        name: `clock an hour ${side} the platform, HTTP 429, Retry-After as a date`,
        cause: (emulator, method) => {
          off(emulator);
          const moment = soon().getTime() + (side === 'behind' ? 3_600_000 : -3_600_000);
          const until = new Date(moment).toUTCString();
          once(answer(429, { 'retry-after': until }))(emulator, method);
        },
        expected: everywhere(created),
      },
    ];
  }),
];
