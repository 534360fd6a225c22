import { AbortedError } from '../errors/aborted-error.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import type { Clock } from '../ports.ts';
import { pause } from './attempt.ts';
import type { CallContext } from './call.ts';

/** Milliseconds before each search: the platform may still be storing what it received. */
export const SEARCH_PAUSES = [500, 1_500, 3_000];

/** Dates have whole seconds on both sides, and the request may have been on its way before the first byte counted. */
const TOLERANCE_MS = 2_000;

/**
 * The earliest time at which what a request created may have been created, by the platform's own clock: counted back
 * from the date of an answer by the time that passed here, so that a wrong local clock does no harm.
 * @param startedAt local milliseconds at which the request began
 * @param date the header of the answer; without it, the local clock has to do
 * @returns milliseconds since the epoch
 */
export function createdSince(clock: Clock, startedAt: number, date: string | undefined): number {
  const now = clock.now();
  const serverNow = Date.parse(date ?? '');
  // A clock that was set back meanwhile does not put the start into the future.
  return (Number.isNaN(serverNow) ? now : serverNow) - Math.max(0, now - startedAt) - TOLERANCE_MS;
}

/** Searches for what was just created. @returns `undefined` when no search found it */
export async function findSoon<T>(
  { clock, signal }: Pick<CallContext, 'clock' | 'signal'>,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const milliseconds of SEARCH_PAUSES) {
    await pause(clock, milliseconds, signal, 'Searching for what was created');
    const found = await find().catch((failure: unknown) => {
      if (failure instanceof AbortedError) throw failure;
      return undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** For `catch`: a search that was aborted leaves open whether the thing exists. */
export function abortedSearch(thing: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof AbortedError
      ? new AbortedError('Searching for what was created', error.cause, thing)
      : error;
  };
}

/**
 * Runs a request that must not arrive twice. Where its answer was lost, searches for what it created.
 * @param find what the request may have created; `undefined` when there is nothing
 * @throws {UncertainOutcomeError} when the answer was lost and the search found nothing
 */
export async function orFind<T>(
  context: Pick<CallContext, 'clock' | 'signal'>,
  create: () => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof UncertainOutcomeError)) throw error;
    const found = await findSoon(context, find).catch(abortedSearch(error.thing));
    if (found === undefined) throw error;
    return found;
  }
}
