import { asf } from './containers/asf.ts';
import { isoMedia } from './containers/iso-media.ts';
import { matroska } from './containers/matroska.ts';
import { ogg } from './containers/ogg.ts';
import { realMedia } from './containers/real-media.ts';
import type { Recognized } from './recognized.ts';

/** Containers of sound and pictures: their tracks say which. */
export function containerOf(head: Uint8Array): Recognized | undefined {
  return isoMedia(head) ?? matroska(head) ?? ogg(head) ?? asf(head) ?? realMedia(head);
}
