import { find, hasAt, latin1 } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** Source: Microsoft, "AVI RIFF File Reference". */
const STREAM_HEADER = 'strh';
/** From a stream's header to its kind: its own name, and its length. */
const TO_KIND = 8;
/** The number of streams in the main header, which comes first. */
const STREAM_COUNT = 56;

export function avi(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, 'RIFF????AVI')) return undefined;
  const kinds: string[] = [];
  for (let at = find(head, STREAM_HEADER); at >= 0; at = find(head, STREAM_HEADER, at + 1))
    kinds.push(latin1(head, at + TO_KIND, at + TO_KIND + 4));
  const tracks = {
    // A stream of a digital camcorder holds both.
    video: kinds.includes('vids') || kinds.includes('iavs'),
    audio: kinds.includes('auds'),
    all: kinds.every((kind) => kind.length === 4) && kinds.length >= (head[STREAM_COUNT] ?? 1),
  };
  return ofTracks(tracks, { video: 'video/x-msvideo', audio: 'audio/x-msvideo' });
}
