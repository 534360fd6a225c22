import { beforeAll, describe, expect, it } from 'vitest';
import * as session from '../src/assets/multipart/endpoints.ts';
import { namesIn } from '../src/http/path.ts';
import { DEFAULT_RETRY } from '../src/http/retry-timing.ts';
import * as core from '../src/index.ts';
import { type Endpoint, TwelveLabsError } from '../src/index.ts';
import { undiciTransport } from '../src/node/index.ts';
import { published, routeOf } from './support/openapi.ts';
import { usePlatform } from './support/platform.ts';
import { VirtualClock } from './support/virtual-clock.ts';

const platform = usePlatform();
const ID = '65f0a0b1c2d3e4f5a6b7c8d9';

type AnyEndpoint = Endpoint<Readonly<Record<string, unknown>>, unknown>;

/** Every endpoint that core can call. */
const endpoints = Object.entries<unknown>({ ...session, ...core }).filter(
  (entry): entry is [string, AnyEndpoint] =>
    typeof (entry[1] as { exchange?: unknown } | null)?.exchange === 'function',
);

const idsOf = ({ path }: AnyEndpoint) => Object.fromEntries(namesIn(path).map((name) => [name, ID]));
const pathOf = ({ path }: AnyEndpoint) => `/v1.3/${path.replace(/\{\w+\}/g, ID)}`;
const routeOfEndpoint = ({ method, path }: AnyEndpoint) => routeOf(method, path);

/** Sends a request with nothing but the ids of the path: the platform's own checks come after its routing. */
async function send(endpoint: AnyEndpoint) {
  const { apiKey, baseUrl } = platform.emulator;
  const clock = new VirtualClock();
  const transport = undiciTransport({ apiKey, baseUrl });
  try {
    return await endpoint
      .send({ transport, clock, baseUrl, policy: { ...DEFAULT_RETRY, maxAttempts: 3 } }, idsOf(endpoint))
      .then(() => undefined)
      .catch((error: unknown) => (TwelveLabsError.is(error) ? error : expect.unreachable(String(error))));
  } finally {
    await transport.close();
  }
}

// The origin has answered before, as in a process at work.
beforeAll(async () => {
  await platform.client().client.list();
});

it('there are endpoints', () => expect(endpoints.length).toBeGreaterThan(10));

describe.each(endpoints)('%s', (_, endpoint) => {
  it('is published, with these parameters', () => {
    const described = published.get(routeOfEndpoint(endpoint));
    expect(described, routeOfEndpoint(endpoint)).toBeDefined();
    const { shape } = endpoint.params as unknown as { shape: Record<string, unknown> };
    const own = Object.keys(shape).filter((name) => !namesIn(endpoint.path).includes(name));
    expect(own.filter((name) => !described?.parameters.has(name))).toEqual([]);
  });

  it('is answered by the emulator', async () => {
    const error = await send(endpoint);
    expect(error?.message ?? '').not.toContain('There is no endpoint');
  });

  it.each([
    ['HTTP 500', { type: 'respond', status: 500, body: { code: 'internal', message: 'oops' } }, false],
    ['HTTP 503', { type: 'respond', status: 503 }, true],
    ['a reset before the answer', { type: 'reset', at: 'after-body' }, true],
  ] as const)('meets %s as a request that may, or may not, arrive twice', async (_name, action, mayPass) => {
    const path = pathOf(endpoint);
    platform.emulator.addFaults([{ match: { method: endpoint.method, path, times: 'always' }, action }]);
    const error = await send(endpoint);
    const { repeatable } = endpoint;
    expect(platform.arrived(endpoint.method, path)).toBe(repeatable && mayPass ? 3 : 1);
    if (!repeatable) expect(error).toMatchObject({ code: 'uncertain_outcome' });
    else expect(error?.code).toBe(action.type === 'reset' ? 'network' : 'api');
  });

  it('refuses an answer that is not JSON', async () => {
    if (endpoint.answer.safeParse('').success) return;
    platform.emulator.addFaults([
      {
        match: { method: endpoint.method, path: pathOf(endpoint) },
        action: { type: 'respond', status: 200, body: '<html>' },
      },
    ]);
    expect(await send(endpoint)).toMatchObject({ code: 'unexpected_response' });
  });
});
