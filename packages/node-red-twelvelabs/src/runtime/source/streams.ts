import type { ReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FileSource } from '@twelvelabs-nodes/core';
import type { Core } from '../core.ts';
import { defined } from '../operation.ts';
import type { Described } from './described.ts';
import { fileIssue } from './unusable.ts';

/** A stream, which can be sent once. A request's body, as `http in` gives it, says how long it is. */
export function fromStream(stream: Readable | ReadableStream<Uint8Array>, known: Described): FileSource {
  const headers = stream instanceof Readable ? headersOf(stream) : {};
  return { ...headers, ...defined(known), oneShot: true, stream: () => stream as Readable };
}

/** @throws {ValidationError} for a stream whose bytes somebody else has taken */
export function requireUnread(stream: Readable | ReadableStream<Uint8Array>, core: Core): void {
  const isRead =
    stream instanceof Readable
      ? stream.readableDidRead || stream.readableEnded || stream.destroyed
      : stream.locked;
  if (!isRead) return;
  const message = isRequest(stream)
    ? 'was read by "http in" before: use msg.payload, or msg.req.files for an upload, as the source'
    : 'is a stream that was read before: each message needs a stream of its own';
  throw fileIssue(core, 'consumed', message, 'a stream without its first bytes');
}

/** Nobody has read from it yet, and it is about the whole file: then its path is a better source, which can be sent again. */
export function isUntouched(stream: ReadStream): boolean {
  const whole = stream as ReadStream & { start?: number; end?: number };
  const fromStart =
    (whole.start ?? 0) === 0 && (whole.end === undefined || whole.end === Number.POSITIVE_INFINITY);
  return (
    stream.bytesRead === 0 &&
    fromStart &&
    typeof stream.path === 'string' &&
    !stream.readableFlowing &&
    !stream.destroyed
  );
}

function isRequest(stream: object): stream is { headers: Record<string, unknown> } {
  const { headers } = stream as { headers?: unknown };
  return typeof headers === 'object' && headers !== null;
}

function headersOf(stream: Readable): Described {
  if (!isRequest(stream)) return {};
  const { 'content-length': length, 'content-type': type } = stream.headers;
  const size = Number(length);
  return defined({
    size: length !== undefined && Number.isSafeInteger(size) ? size : undefined,
    type: typeof type === 'string' ? type : undefined,
  });
}
