import { asf } from './containers/asf.ts';
import { avi } from './containers/avi.ts';
import { flv } from './containers/flv.ts';
import { isoMedia } from './containers/iso-media.ts';
import { matroska } from './containers/matroska.ts';
import { mxf } from './containers/mxf.ts';
import { ogg } from './containers/ogg.ts';
import { programStream } from './containers/program-stream.ts';
import { realMedia } from './containers/real-media.ts';
import type { Recognized } from './recognized.ts';

const CONTAINERS = [isoMedia, matroska, ogg, asf, realMedia, flv, avi, programStream, mxf];

/** Containers of sound and pictures: their tracks say which. */
export function containerOf(head: Uint8Array): Recognized | undefined {
  for (const container of CONTAINERS) {
    const found = container(head);
    if (found) return found;
  }
  return undefined;
}
