import { bytesOf, concat, peek } from '../../files/source.ts';
import type { FileSource } from '../../ports.ts';
import { sha256 } from '../../text/digest.ts';

const SAMPLES = 16;
const SAMPLE_BYTES = 16 * 1024;

/**
 * Identifies a file without reading all of it: a digest of samples spread over the file where the source can seek, else
 * of its first bytes. Not a proof of sameness: an edit in place between two samples is not seen.
 * @param like the fingerprint to compare with: taken the same way where the source allows it
 * @returns the fingerprint, and the source to continue with (a one-shot stream gets its first bytes back)
 */
export async function fingerprint(
  file: FileSource,
  size: number,
  like?: string,
): Promise<{ print: string; source: FileSource }> {
  if (!file.slice || like?.startsWith('head-')) {
    const { head, file: source } = await peek(file, SAMPLE_BYTES);
    return { print: `head-${await digest(head.subarray(0, SAMPLE_BYTES))}`, source };
  }
  const samples: Uint8Array[] = [];
  for (const start of new Set(Array.from({ length: SAMPLES }, (_, index) => sampleStart(index, size)))) {
    for await (const chunk of bytesOf(file.slice(start, Math.min(size, start + SAMPLE_BYTES)).stream()))
      samples.push(chunk);
  }
  return { print: `samples-${await digest(concat(samples))}`, source: file };
}

function sampleStart(index: number, size: number): number {
  return Math.max(0, Math.floor(((size - SAMPLE_BYTES) * index) / (SAMPLES - 1)));
}

/** Characters of the digest: a check against accidents, which goes into metadata. */
const DIGEST_LENGTH = 16;

async function digest(bytes: Uint8Array): Promise<string> {
  return (await sha256(bytes)).slice(0, DIGEST_LENGTH);
}
