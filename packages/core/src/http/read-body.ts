import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { concat } from '../files/source.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { masked, maskedValue } from './mask.ts';

/**
 * Reads a response body for a transport: bounded, parsed when it is JSON, else as text.
 * @param chunks the decoded body
 * @param maxBytes more than this is refused, and the rest is not read
 * @param secret is masked wherever a server echoes it
 * @throws {UnexpectedResponseError} when the body is too long, or nested deeper than anything that could be read
 */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
  secret?: string,
): Promise<unknown> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > maxBytes)
      throw new UnexpectedResponseError(`the answer is longer than ${formatBytes(maxBytes)}`);
    read.push(chunk);
  }
  const text = new TextDecoder().decode(concat(read));
  // By content, not by type: proxies answer JSON as text, and the other way round.
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return masked(text, secret);
  }
  return maskedValue(value, secret);
}
