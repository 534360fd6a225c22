import { TwelveLabsError } from '@twelvelabs-nodes/core';

export const KEY = 'tlk_MARKER7f3a9c51d2e84b06';

/** What every error of the client promises, whatever it was fed. */
export function requirePromises(error: unknown): asserts error is TwelveLabsError {
  if (!TwelveLabsError.is(error)) throw new Error(`A foreign error: ${String(error)}`, { cause: error });
  if (error.hint !== undefined && typeof error.hint !== 'string') throw new Error('The hint is no text');
  requirePlain(error);
}

/** Short in every form, in one line, and without the key. */
export function requirePlain(error: Error): void {
  const shown = JSON.stringify(error);
  if (error.message.length > 20_000 || shown.length > 60_000)
    throw new Error(`${error.message.length} characters`);
  if (shown.includes(KEY) || error.message.includes(KEY)) throw new Error(`The key shows: ${error.message}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(error.message)) {
    throw new Error(`Control characters: ${JSON.stringify(error.message)}`);
  }
}

/** Runs a call; what it throws has to be an error of ours. @returns whether it succeeded */
export async function allowed(work: () => unknown): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    requirePromises(error);
    return false;
  }
}
