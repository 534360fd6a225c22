import { ValidationError } from '../errors/validation-error.ts';
import { limited, type ReadLimits } from '../files/limited.ts';
import { bytesOf, concat } from '../files/source.ts';
import { encodeBase64 } from '../files/to-base64.ts';
import { unreadable } from '../files/unreadable.ts';
import type { FileSource } from '../ports.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { isFileSource } from '../validation/file-source.ts';

/** The largest file that fits in a request. Source: the published API description of `/embed-v2`, 36 MB. */
export const MAX_INLINE_BYTES = 36 * 1024 ** 2;

/** Every `{ file }` as `{ base64_string }`: the platform takes small files in the request itself. */
export async function withInlineFiles(value: unknown, limits: ReadLimits, field = ''): Promise<unknown> {
  if (Array.isArray(value))
    return Promise.all(value.map((item, index) => withInlineFiles(item, limits, `${field}.${index}`)));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(async ([name, inner]): Promise<[string, unknown]> => {
    const path = field === '' ? name : `${field}.${name}`;
    return isFileSource(inner)
      ? ['base64_string', encodeBase64(await allBytes(limited(inner, limits), path))]
      : [name, await withInlineFiles(inner, limits, path)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function allBytes(file: FileSource, field: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const tooLarge = (received: string) =>
    new ValidationError([
      {
        field,
        rule: 'size',
        message: `may have at most ${formatBytes(MAX_INLINE_BYTES)} inside a request: create an asset, and give its asset_id`,
        received,
      },
    ]);
  if (file.size !== undefined && file.size > MAX_INLINE_BYTES) throw tooLarge(formatBytes(file.size));
  try {
    for await (const chunk of bytesOf(file.stream())) {
      length += chunk.byteLength;
      if (length > MAX_INLINE_BYTES) throw tooLarge('a stream of more than that');
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreadable(error);
  }
  return concat(chunks);
}
