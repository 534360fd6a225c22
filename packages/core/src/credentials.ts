import { z } from 'zod/v4';
import { sha256 } from './text/digest.ts';
import { parse } from './validation/parse.ts';
import { trimmedText } from './validation/text.ts';
import { baseUrlProblem } from './validation/web-url.ts';

/** The platform's address, version included. Source: the published API reference. */
export const DEFAULT_BASE_URL = 'https://api.twelvelabs.io/v1.3';

export const baseUrl = trimmedText().superRefine((text, context) => {
  const problem = baseUrlProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { rule: problem.rule } });
});

/** What it takes to call the platform. */
export const credentials = z.object({
  /**
   * The key goes into a header: anything but visible ASCII would be refused there, or split it. What a copied key has at
   * its ends is no part of it.
   */
  apiKey: trimmedText('must be the API key, as text').pipe(
    z
      .string()
      .min(1, { error: 'must not be empty', abort: true })
      .max(1024, { error: 'must have at most 1,024 characters' })
      .regex(/^[\x21-\x7e]+$/, { error: 'must be visible ASCII characters without spaces or line breaks' }),
  ),
  baseUrl: baseUrl.default(DEFAULT_BASE_URL),
});

/** What it takes to call the platform. */
export interface TwelveLabsCredentials extends z.output<typeof credentials> {}

/**
 * Checks credentials and fills in the default base URL.
 * @throws {ValidationError} naming `apiKey` or `baseUrl`, never showing the key.
 */
export function parseCredentials(input: unknown): TwelveLabsCredentials {
  return parse(credentials, input, 'credentials');
}

/** Characters of a mark: enough to tell accounts apart, and far too few to find a key by. */
const MARK_LENGTH = 8;

/**
 * Tells accounts apart without revealing the key, for hosts that remember something about an account: a few characters
 * of a hash of the address and the key. The platform has no name for an account, so a new key gives a new mark.
 */
export async function accountMark({ apiKey, baseUrl }: TwelveLabsCredentials): Promise<string> {
  return (await sha256(`${baseUrl} ${apiKey}`)).slice(0, MARK_LENGTH);
}
