import { bytesOf, peek } from '../../files/source.ts';
import type { FileSource } from '../../ports.ts';

const SAMPLES = 16;
const SAMPLE_BYTES = 16 * 1024;

/**
 * Tells a changed file from an unchanged one without reading all of it: samples spread over the file where the
 * source can seek, else its first bytes. Not a proof of sameness: an edit in place between two samples is not seen.
 * @param like the fingerprint to compare with: taken the same way where the source allows it
 * @returns the fingerprint, and the source to go on with (a one-shot stream gets its first bytes back)
 */
export async function fingerprint(
  file: FileSource,
  size: number,
  like?: string,
): Promise<{ print: string; source: FileSource }> {
  if (!file.slice || like?.startsWith('head-')) {
    const { head, file: source } = await peek(file, SAMPLE_BYTES);
    return { print: `head-${hex(fnv1a(head.subarray(0, SAMPLE_BYTES)))}`, source };
  }
  let hash: number | undefined;
  for (const start of new Set(Array.from({ length: SAMPLES }, (_, index) => sampleStart(index, size)))) {
    for await (const chunk of bytesOf(file.slice(start, Math.min(size, start + SAMPLE_BYTES)).stream()))
      hash = fnv1a(chunk, hash);
  }
  return { print: `samples-${hex(hash ?? 0)}`, source: file };
}

function sampleStart(index: number, size: number): number {
  return Math.max(0, Math.floor(((size - SAMPLE_BYTES) * index) / (SAMPLES - 1)));
}

/** FNV-1a, 32 bits: a checksum against accidents, not against malice. Source: the FNV specification (RFC 9923). */
function fnv1a(bytes: Uint8Array, hash = 0x811c9dc5): number {
  let value = hash;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

const hex = (value: number) => value.toString(16).padStart(8, '0');
