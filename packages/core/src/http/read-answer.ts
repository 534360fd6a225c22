import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { concat } from '../files/source.ts';
import type { HttpRequest } from '../ports.ts';
import { excerpt } from '../text/excerpt.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { parsedJson } from '../text/parsed-json.ts';
import { masked, maskedValue } from './mask.ts';

/** Bytes that are progress: an answer of which less than this comes within an idle limit only trickles. */
const PROGRESS = 64 * 1024;

/** Far more than any error has, whatever a request that succeeds may be answered. */
const LONGEST_ERROR = 8 * 1024 ** 2;

/**
 * Of `{`, `[` and `"`, so that a text counts twice: parsed, each takes many times the memory of its bytes. The embeddings
 * of four hours of video, one clip a second, have a fifth of it.
 */
const MOST_PARTS = 4_000_000;

/** Of commas, as between the numbers of a list. Embeddings that fill the largest answer have fewer. */
const MOST_VALUES = 32_000_000;

/**
 * Reads the body of an answer for a transport: bounded; parsed where it is JSON, else as text; line by line where the
 * request asks for lines and succeeded.
 * @param chunks the decoded body; it is closed at the end, also when the reader of the lines stops early
 * @param secret is masked wherever a server echoes it
 * @throws {UnexpectedResponseError} when the body is longer than the request allows, has too many parts, or is nested too deep
 */
export async function readAnswer(
  {
    maxResponseBytes,
    lines = false,
    onReceived,
  }: Pick<HttpRequest, 'maxResponseBytes' | 'lines' | 'onReceived'>,
  status: number,
  chunks: AsyncIterable<Uint8Array>,
  secret?: string,
): Promise<unknown> {
  const isSuccess = status >= 200 && status < 300;
  const most = isSuccess ? maxResponseBytes : Math.min(maxResponseBytes, LONGEST_ERROR);
  const bytes = bounded(chunks, most, onReceived);
  if (lines && isSuccess) return parsedLines(bytes, secret);
  const read: Uint8Array[] = [];
  for await (const chunk of bytes) read.push(chunk);
  const text = new TextDecoder().decode(concat(read));
  // By content, not by type: proxies answer JSON as text, and the other way round.
  const value = parsedJson(text);
  return value === undefined ? masked(text, secret) : maskedValue(value, secret);
}

async function* bounded(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  onReceived: (() => void) | undefined,
): AsyncGenerator<Uint8Array> {
  let length = 0;
  let reported = 0;
  const count = { parts: 0, values: 0 };
  for await (const chunk of chunks) {
    length += chunk.byteLength;
    if (length > most) throw new UnexpectedResponseError(`the response is longer than ${formatBytes(most)}`);
    countParts(chunk, count);
    if (count.parts > MOST_PARTS || count.values > MOST_VALUES)
      throw new UnexpectedResponseError('the response has more objects, lists and values than core reads');
    if (length - reported >= PROGRESS) {
      reported = length;
      onReceived?.();
    }
    yield chunk;
  }
}

/** Those within a text count as well: no text has so many. */
function countParts(chunk: Uint8Array, count: { parts: number; values: number }): void {
  let parts = 0;
  let values = 0;
  for (let index = 0; index < chunk.length; index++) {
    const byte = chunk[index];
    if (byte === COMMA) values++;
    else if (byte === QUOTE || byte === LIST || byte === OBJECT) parts++;
  }
  count.parts += parts;
  count.values += values;
}

const [COMMA, QUOTE, LIST, OBJECT] = [0x2c, 0x22, 0x5b, 0x7b];

/** Blank lines keep a connection alive and mean nothing. */
async function* parsedLines(
  chunks: AsyncIterable<Uint8Array>,
  secret: string | undefined,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  // Pieces of the line that has not ended, joined once: to search all of it for each chunk would take a long line for ever.
  let line: string[] = [];
  for await (const chunk of chunks) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    line.push(first);
    for (const next of others) {
      yield* valueIn(line.join(''), secret);
      line = [next];
    }
  }
  yield* valueIn(line.join('') + decoder.decode(), secret);
}

function* valueIn(line: string, secret: string | undefined): Generator<unknown> {
  if (line.trim() === '') return;
  const value = parsedJson(line);
  if (value === undefined)
    throw new UnexpectedResponseError(
      `a line of the response is not JSON: "${excerpt(masked(line, secret))}"`,
    );
  yield maskedValue(value, secret);
}
