import { hasAt } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** How the first packet of a stream begins, by codec. Sources: RFC 3533, and the mappings of the codecs at xiph.org. */
const VIDEO = ['\x80theora', '\x01video', 'BBCD', 'OVP80', '\x80daala', '\x89PNG', 'YUV4'];
const AUDIO = ['\x01vorbis', 'OpusHead', 'Speex', '\x7fFLAC', 'fLaC', 'CELT', 'PCM ', '\x01audio', 'ftaC'];

/** Bytes of a page before its table of segments. */
const PAGE_HEADER = 27;

/** Every stream begins with a page of its own, and these pages come before all others. */
export function ogg(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, 'OggS')) return undefined;
  let video = false;
  let audio = false;
  let all = false;
  for (let at = 0; hasAt(head, 'OggS', at); ) {
    const isFirstOfStream = ((head[at + 5] ?? 0) & 2) === 2;
    all = !isFirstOfStream;
    if (all) break;
    const segments = head[at + PAGE_HEADER - 1] ?? 0;
    const packet = at + PAGE_HEADER + segments;
    video ||= VIDEO.some((magic) => hasAt(head, magic, packet));
    audio ||= AUDIO.some((magic) => hasAt(head, magic, packet));
    at = head.subarray(at + PAGE_HEADER, packet).reduce((sum, length) => sum + length, packet);
  }
  return ofTracks({ video, audio, all }, { video: 'video/ogg', audio: 'audio/ogg' });
}
