import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { concat } from '../files/source.ts';
import type { HttpRequest } from '../ports.ts';
import { excerpt } from '../text/excerpt.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { masked, maskedValue } from './mask.ts';

/**
 * Reads the body of an answer for a transport: bounded; parsed where it is JSON, else as text; line by line where the
 * request asks for lines and succeeded.
 * @param chunks the decoded body; it is closed at the end, also when the reader of the lines stops early
 * @param secret is masked wherever a server echoes it
 * @throws {UnexpectedResponseError} when the body is longer than the request allows, or nested too deep
 */
export async function readAnswer(
  { maxResponseBytes, lines = false }: Pick<HttpRequest, 'maxResponseBytes' | 'lines'>,
  status: number,
  chunks: AsyncIterable<Uint8Array>,
  secret?: string,
): Promise<unknown> {
  const bytes = bounded(chunks, maxResponseBytes);
  if (lines && status >= 200 && status < 300) return parsedLines(bytes, secret);
  const read: Uint8Array[] = [];
  for await (const chunk of bytes) read.push(chunk);
  const text = new TextDecoder().decode(concat(read));
  // By content, not by type: proxies answer JSON as text, and the other way round.
  const value = parsed(text);
  return value === undefined ? masked(text, secret) : maskedValue(value, secret);
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > most) throw new UnexpectedResponseError(`the answer is longer than ${formatBytes(most)}`);
    yield chunk;
  }
}

/** Blank lines keep a connection alive and mean nothing. */
async function* parsedLines(
  chunks: AsyncIterable<Uint8Array>,
  secret: string | undefined,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) if (piece.trim() !== '') yield line(piece, secret);
  }
  rest += decoder.decode();
  if (rest.trim() !== '') yield line(rest, secret);
}

function line(text: string, secret: string | undefined): unknown {
  const value = parsed(text);
  if (value !== undefined) return maskedValue(value, secret);
  throw new UnexpectedResponseError(`a line of the answer is not JSON: "${excerpt(masked(text, secret))}"`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
