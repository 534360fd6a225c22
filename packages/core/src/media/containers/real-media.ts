import { find, hasAt } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** RealMedia: each stream names its media type, and the data follows behind the last one. */
export function realMedia(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, '.RMF')) return undefined;
  const tracks = {
    video: find(head, 'video/x-pn-') >= 0,
    audio: find(head, 'audio/x-pn-') >= 0,
    all: find(head, 'DATA') >= 0,
  };
  return ofTracks(tracks, { video: 'video/vnd.rn-realvideo', audio: 'audio/x-pn-realaudio' });
}
