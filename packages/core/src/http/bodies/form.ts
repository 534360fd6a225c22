import { FileReadError } from '../../errors/file-read-error.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { bytesOf } from '../../files/source.ts';
import type { ByteStream, RequestBody, StreamOptions } from '../../ports.ts';
import { formatBytes } from '../../text/format-bytes.ts';

export interface FormFile {
  readonly field: string;
  readonly filename: string;
  /** Media type. */
  readonly type: string;
  /** Bytes, when known. */
  readonly size: number | undefined;
  /** Bytes beyond which a file of unknown size is refused. */
  readonly maxSize?: number | undefined;
  stream(options?: StreamOptions): ByteStream;
}

const utf8 = new TextEncoder();

/**
 * Quotes and line breaks percent-encoded as browsers do, everything else as UTF-8.
 * Source: the HTML standard, "multipart/form-data encoding algorithm".
 */
const quoted = (text: string) =>
  `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`;

/**
 * A `multipart/form-data` body (RFC 7578) that streams: the fields in order, then the file. Its size is
 * known when the file's is, and the stream is refused when it does not hold exactly that.
 */
export function formBody(
  fields: readonly (readonly [name: string, value: string])[],
  file: FormFile | undefined,
  boundary: string,
): RequestBody {
  const texts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
  );
  if (file) {
    texts.push(
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(file.field)}; filename=${quoted(file.filename)}\r\n` +
        `Content-Type: ${file.type}\r\n\r\n`,
    );
  }
  const before = utf8.encode(texts.join(''));
  const after = utf8.encode(`${file ? '\r\n' : ''}--${boundary}--\r\n`);
  const size =
    file && file.size === undefined ? undefined : before.byteLength + (file?.size ?? 0) + after.byteLength;
  return {
    size,
    type: `multipart/form-data; boundary=${boundary}`,
    async *stream(options?: StreamOptions) {
      yield before;
      if (file) yield* exactly(file.size, file.stream(options), file.maxSize);
      yield after;
    },
    [Symbol.toStringTag]: 'Blob',
  };
}

/** Passes on a stream that must hold `size` bytes; a wrong length would corrupt what follows on the connection. */
export async function* exactly(
  size: number | undefined,
  stream: ByteStream,
  maxSize = Number.POSITIVE_INFINITY,
): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of bytesOf(stream)) {
    seen += chunk.byteLength;
    if (size !== undefined && seen > size) throw changed('grew', size, seen);
    if (seen > maxSize) {
      throw new ValidationError([
        {
          field: 'file',
          rule: 'size',
          message: `may have at most ${formatBytes(maxSize)}`,
          received: `a stream of more than that`,
        },
      ]);
    }
    if (chunk.byteLength > 0) yield chunk;
  }
  if (size !== undefined && seen < size) throw changed('shrank', size, seen);
}

function changed(how: 'grew' | 'shrank', size: number, seen: number): FileReadError {
  const saw = how === 'grew' ? 'more than that' : formatBytes(seen);
  return new FileReadError(
    `file: ${how} while it was read: it was said to hold ${formatBytes(size)}, and held ${saw}`,
  );
}
