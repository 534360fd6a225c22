import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';

export type Payload = string | Buffer | Readable | null | undefined;

export interface Position {
  /** Whole lines of the body. */
  readonly afterLines: number;
  /** Bytes after those. */
  readonly afterBytes: number;
}

/** What to do at a position: wait (by returning a promise), send something, end the answer there. */
export interface Interruption {
  readonly insert?: string;
  readonly end?: boolean;
}

/**
 * Sends `payload` up to a position, does what `act` says, and sends the rest. An answer whose length is known still
 * promises all of it.
 */
export function interrupt(
  payload: Payload,
  reply: FastifyReply,
  position: Position,
  act: () => Promise<Interruption | undefined>,
): Readable {
  keepLength(payload, reply);
  async function* pieces(): AsyncGenerator<Buffer> {
    const cut = cutter(position);
    let isPast = false;
    for await (const chunk of chunks(payload)) {
      const at = isPast ? undefined : cut(chunk);
      if (at === undefined) {
        yield chunk;
        continue;
      }
      isPast = true;
      if (at > 0) yield chunk.subarray(0, at);
      // A piece handed over in the same turn as the break would never leave.
      await new Promise(setImmediate);
      const interruption = await act();
      if (interruption?.insert !== undefined) yield Buffer.from(interruption.insert);
      if (interruption?.end === true) return;
      if (at < chunk.length) yield chunk.subarray(at);
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 1 });
}

/** Sends `payload` byte by byte, with a pause after each. */
export function trickle(payload: Payload, reply: FastifyReply, pause: () => Promise<unknown>): Readable {
  keepLength(payload, reply);
  async function* pieces(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks(payload)) {
      for (const byte of chunk) {
        yield Buffer.of(byte);
        await pause();
      }
    }
  }
  return Readable.from(pieces(), { objectMode: false, highWaterMark: 1 });
}

function keepLength(payload: Payload, reply: FastifyReply): void {
  if (!(payload instanceof Readable)) reply.header('content-length', Buffer.byteLength(payload ?? ''));
}

async function* chunks(payload: Payload): AsyncGenerator<Buffer> {
  if (!(payload instanceof Readable)) yield Buffer.from(payload ?? '');
  else for await (const chunk of payload) yield Buffer.from(chunk);
}

/** Finds a position in chunks that come one after the other: its index in the chunk that it falls into. */
function cutter({ afterLines, afterBytes }: Position): (chunk: Buffer) => number | undefined {
  let lines = afterLines;
  let bytes = afterBytes;
  return (chunk) => {
    let index = 0;
    while (lines > 0) {
      const end = chunk.indexOf('\n', index);
      if (end === -1) return undefined;
      index = end + 1;
      lines -= 1;
    }
    if (index + bytes <= chunk.length) return index + bytes;
    bytes -= chunk.length - index;
    return undefined;
  };
}
