import { FileReadError } from '../../errors/file-read-error.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { bytesOf } from '../../files/source.ts';
import type { ByteStream, RequestBody, StreamOptions } from '../../ports.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { twoSizes } from '../../text/two-sizes.ts';

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
const LINE_BREAK = utf8.encode('\r\n');

/**
 * Quotes and line breaks percent-encoded as browsers do, everything else as UTF-8.
 * Source: the HTML standard, "multipart/form-data encoding algorithm".
 */
const quoted = (text: string) =>
  `"${text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')}"`;

/**
 * A `multipart/form-data` body (RFC 7578) that streams: the fields in order, then the files. Its size is
 * known when those of the files are, and a stream is refused when it does not hold exactly its size.
 */
export function formBody(
  fields: readonly (readonly [name: string, value: string])[],
  files: readonly FormFile[],
  boundary: string,
): RequestBody {
  const texts = fields.map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(name)}\r\n\r\n${value}\r\n`,
  );
  const before = utf8.encode(texts.join(''));
  const heads = files.map(({ field, filename, type }) =>
    utf8.encode(
      `--${boundary}\r\nContent-Disposition: form-data; name=${quoted(field)}; filename=${quoted(filename)}\r\n` +
        `Content-Type: ${type}\r\n\r\n`,
    ),
  );
  const after = utf8.encode(`--${boundary}--\r\n`);
  const sizes = files.map(({ size }, index) =>
    size === undefined ? undefined : (heads[index]?.byteLength ?? 0) + size + LINE_BREAK.byteLength,
  );
  return {
    size: sizes.reduce<number | undefined>(
      (sum, size) => (sum === undefined || size === undefined ? undefined : sum + size),
      before.byteLength + after.byteLength,
    ),
    type: `multipart/form-data; boundary=${boundary}`,
    async *stream(options?: StreamOptions) {
      if (before.byteLength > 0) yield before;
      for (const [index, file] of files.entries()) {
        yield heads[index] ?? LINE_BREAK;
        yield* exactly(file.size, file.stream(options), file.maxSize);
        yield LINE_BREAK;
      }
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
  const [expected, got] = twoSizes(size, seen);
  const saw = how === 'grew' ? 'more' : got;
  return new FileReadError(`${how} while it was read: expected ${expected}, got ${saw}`);
}
