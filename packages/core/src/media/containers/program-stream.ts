import { find, hasAt } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** Source: ISO 13818-1, 2.5.3 (packs, system header) and table 2-22 (stream ids). */
const PACK = '\0\0\x01\xba';
const SYSTEM_HEADER = '\0\0\x01\xbb';
/** From the system header to the greatest numbers of streams of sound and of pictures. */
const AUDIO_BOUND = 9;
const VIDEO_BOUND = 10;

/** An MPEG program stream, as in MPG and VOB files. */
export function programStream(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, PACK)) return undefined;
  const header = find(head, SYSTEM_HEADER);
  const bound = (offset: number) => (header < 0 ? 0 : (head[header + offset] ?? 0));
  const tracks = {
    video: (bound(VIDEO_BOUND) & 0x1f) > 0 || hasPictures(head),
    audio: bound(AUDIO_BOUND) >> 2 > 0,
    all: true,
  };
  return ofTracks(tracks, { video: 'video/mpeg', audio: 'audio/mp2p' });
}

/** Whether there is a packet of MPEG video, or of an extended stream, such as VC-1. */
function hasPictures(head: Uint8Array): boolean {
  for (let at = find(head, '\0\0\x01'); at >= 0; at = find(head, '\0\0\x01', at + 1)) {
    const id = head[at + 3] ?? 0;
    if (id >> 4 === 0xe || id === 0xfd) return true;
  }
  return false;
}
