import { hasAt, uint } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** Bytes of a tag before its data, and of the number behind it. */
const TAG_HEADER = 11;
const TAG_END = 4;
const VIDEO_TAG = 9;

/**
 * Source: Adobe, "Video File Format Specification", E.2 and E.4. Recorders of live streams often set no flags, or wrong
 * ones, so that the tags count as well.
 */
export function flv(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, 'FLV\x01')) return undefined;
  const flags = head[4] ?? 0;
  const tags: number[] = [];
  for (let at = (uint(head, 5, 4) ?? 0) + TAG_END; at < head.byteLength; ) {
    tags.push((head[at] ?? 0) & 0x1f);
    at += TAG_HEADER + (uint(head, at + 1, 3) ?? 0) + TAG_END;
  }
  const video = (flags & 1) === 1 || tags.includes(VIDEO_TAG);
  const audio = (flags & 4) === 4;
  return ofTracks({ video, audio, all: true }, { video: 'video/x-flv', audio: 'audio/x-flv' });
}
