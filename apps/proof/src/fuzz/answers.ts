import { type HttpRequest, readAnswer, type Transport } from '@twelvelabs-nodes/core';
import fc from 'fast-check';
import { KEY } from './promises.ts';
import { junk, mutated, nasty } from './values.ts';

/** What a platform may answer, right or wrong. */
export interface GivenAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly bytes: Uint8Array;
}

const hint = fc.oneof(
  nasty,
  fc.integer({ min: -10, max: 100_000 }).map(String),
  fc.double().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  fc.date({ noInvalidDate: true }).map((date) => String(Math.floor(date.getTime() / 1000))),
  fc.constantFrom('Sun, 22 Nov 2026 12:00:10 GMT', '1795348810', '0', '99999999999999'),
);
const headers = fc.dictionary(
  fc.constantFrom(
    'retry-after',
    'x-ratelimit-reset',
    'date',
    'etag',
    'x-request-id',
    'location',
    '__proto__',
  ),
  hint,
);
const status = fc.oneof(
  fc.constantFrom(
    200,
    200,
    200,
    201,
    204,
    301,
    400,
    401,
    403,
    404,
    408,
    409,
    413,
    429,
    429,
    500,
    502,
    503,
    504,
  ),
  fc.integer({ min: 100, max: 999 }),
);

const utf8 = new TextEncoder();
const cut = fc.option(fc.nat({ max: 400 }), { nil: undefined, freq: 4 });
/** The text of an answer: JSON of nearly the right shape, whole or cut, as lines where it is a list, or anything. */
const textOf = (shapes: readonly unknown[]) =>
  fc.oneof(
    ...shapes.map((shape) =>
      fc.tuple(mutated(shape), cut, fc.boolean()).map(([value, length, asLines]) => {
        const isList = asLines && Array.isArray(value);
        const text = isList
          ? value.map((line) => JSON.stringify(line)).join('\n')
          : (JSON.stringify(value) ?? '');
        return text.slice(0, length);
      }),
    ),
    nasty,
    junk.map((value) => JSON.stringify(value) ?? ''),
    fc.constant(`{"message": "${KEY}", "code": "\\u0074${KEY.slice(1)}"}`),
    fc.nat({ max: 200 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth)),
    fc.constantFrom('<html><body>no</body>', '<', '<script>', '\ufeff{}', '{"a":1}{"b":2}'),
  );

/** Some answers, one after the other, of nearly these shapes. */
export const answersLike = (shapes: readonly unknown[]): fc.Arbitrary<GivenAnswer[]> => {
  const bytes = fc.oneof(
    { weight: 9, arbitrary: textOf(shapes).map((given) => utf8.encode(given)) },
    fc.uint8Array({ maxLength: 100 }),
  );
  return fc.array(fc.record({ status, headers, bytes }), { minLength: 1, maxLength: 4 });
};

/** Requests that one call may make at most, whatever it is answered. */
const MOST_REQUESTS = 3_000;

/** Answers by a script, over and over. @param allowed throws for a request that must not be made */
export function scripted(answers: readonly GivenAnswer[], allowed: (request: HttpRequest) => void) {
  let sent = 0;
  const transport: Transport = {
    async send(request: HttpRequest) {
      if (sent++ > MOST_REQUESTS) throw new Error('It never ends');
      allowed(request);
      if (request.body) for await (const _ of request.body.stream());
      const given = answers[(sent - 1) % answers.length] as GivenAnswer;
      const body = (async function* () {
        yield given.bytes;
      })();
      return {
        status: given.status,
        headers: given.headers,
        body: await readAnswer(request, given.status, body, KEY),
      };
    },
  };
  return {
    transport,
    requireEnd(call: string) {
      if (sent > MOST_REQUESTS) throw new Error(`${call} sent ${sent} requests`);
    },
  };
}

/** The key goes below one path of the API, and never up from there. */
export function requireSafeTarget({ url, authenticated, method }: HttpRequest, below: string): void {
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'https:') throw new Error(`A request to ${protocol}`);
  if (!authenticated) return;
  if (origin !== 'https://api.example' || !pathname.startsWith(below))
    throw new Error(`The key went to ${url}`);
  if (/\/\.|%2e/i.test(pathname)) throw new Error(`${method} ${pathname}`);
}
