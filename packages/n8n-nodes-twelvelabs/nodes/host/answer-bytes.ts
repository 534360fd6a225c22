/** An answer's body as n8n gives it: Node's `Readable`. */
export interface AnswerStream extends AsyncIterable<Uint8Array> {
  prependListener(event: 'end', listener: () => void): unknown;
  destroy(): void;
}

/**
 * Yields the bytes of an answer, and calls `release`, which ends the request, when all of them have arrived. Destroys the
 * stream at the end, also when the reader stops early.
 *
 * A server may answer before it has read the request's body, and read no more of it. The rest of the body then waits for
 * a drain that never comes, so that nobody asks for its next chunk, and nobody learns that it is no longer wanted: the
 * socket stays open until the server closes it. The request's signal ends it, but axios lets go of that when the answer
 * ends: hence in front of all other listeners. To them the signal is an error of the answer, which is whole by then.
 */
export async function* answerBytes(stream: AnswerStream, release: () => void): AsyncGenerator<Uint8Array> {
  let isWhole = false;
  stream.prependListener('end', () => {
    isWhole = true;
    release();
  });
  const bytes = stream[Symbol.asyncIterator]();
  const next = () => bytes.next().catch((error: unknown) => (isWhole ? END : Promise.reject(error)));
  try {
    for (let piece = await next(); !piece.done; piece = await next()) yield piece.value;
  } finally {
    stream.destroy();
  }
}

const END = { done: true, value: undefined } as const;
