import { find, hasAt, uint } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** Source: Microsoft, "Advanced Systems Format (ASF) Specification", 10.1 to 10.4; as its GUIDs lie in a file. */
const HEADER = '\x30\x26\xb2\x75\x8e\x66\xcf\x11';
const STREAM_PROPERTIES = '\x91\x07\xdc\xb7\xb7\xa9\xcf\x11\x8e\xe6\0\xc0\x0c\x20\x53\x65';
const VIDEO_STREAM = '\xc0\xef\x19\xbc\x4d\x5b\xcf\x11';
const AUDIO_STREAM = '\x40\x9e\x69\xf8\x4d\x5b\xcf\x11';
/** From a stream's properties to its type: their own GUID, and their length. */
const TO_TYPE = 24;

/** Windows Media: WMV, WMA and ASF. */
export function asf(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, HEADER)) return undefined;
  let video = false;
  let audio = false;
  for (let at = find(head, STREAM_PROPERTIES); at >= 0; at = find(head, STREAM_PROPERTIES, at + 1)) {
    video ||= hasAt(head, VIDEO_STREAM, at + TO_TYPE);
    audio ||= hasAt(head, AUDIO_STREAM, at + TO_TYPE);
  }
  // Little-endian; a header over 16 MiB would be no header.
  const size = uint(head.slice(16, 19).reverse(), 0, 3) ?? 0;
  const all = size <= head.byteLength;
  return ofTracks({ video, audio, all }, { video: 'video/x-ms-asf', audio: 'audio/x-ms-wma' });
}
