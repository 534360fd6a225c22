import { hasAt, uint } from '../head.ts';
import { ofTracks, type Recognized } from '../recognized.ts';

/** Source: SMPTE ST 377-1, 7.1 (partition pack) and annex A; the labels of the SMPTE's registry. */
const HEADER_PARTITION = '\x06\x0e\x2b\x34\x02\x05\x01\x01\x0d\x01\x02';
const KEY = 16;
/** From the content of the pack to its list of kinds of essence: their number, the length of each, then the labels. */
const TO_LIST = 80;
const LABEL = 16;
/** The byte of a label that says what is wrapped. */
const WRAPPED = 13;
/** AES3 or Broadcast Wave, A-law; and the label that only says that there are several. */
const SOUND = [0x06, 0x0a];
const SEVERAL = 0x7f;

export function mxf(head: Uint8Array): Recognized | undefined {
  if (!hasAt(head, HEADER_PARTITION)) return undefined;
  const length = head[KEY] ?? 0;
  const list = KEY + 1 + (length < 0x80 ? 0 : length & 0x7f) + TO_LIST;
  const count = Math.min(uint(head, list, 4) ?? 0, head.byteLength / LABEL);
  const wrapped = Array.from({ length: count }, (_, index) => head[list + 8 + index * LABEL + WRAPPED] ?? 0);
  const others = wrapped.filter((kind) => kind !== SEVERAL);
  const audio = others.length > 0 && others.every((kind) => SOUND.includes(kind));
  return ofTracks({ video: !audio, audio, all: true }, { video: 'video/mxf', audio: 'audio/mxf' });
}
