import { AbortedError } from '../errors/aborted-error.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import { pause } from './attempt.ts';
import type { CallContext } from './call.ts';

/** Milliseconds before each search: the platform may still be storing what it received. */
const PAUSES = [500, 1_500, 3_000];

/** Searches for what was just created. @returns `undefined` when no search found it */
export async function findSoon<T>(
  { clock, signal }: Pick<CallContext, 'clock' | 'signal'>,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const milliseconds of PAUSES) {
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
