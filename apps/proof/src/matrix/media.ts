import { readFile, writeFile } from 'node:fs/promises';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';

/** Bytes of the file that every create sends. */
export const FILE_SIZE = 12 * 1024 ** 2;

/** The sample video, made larger by a box that players skip. Source: ISO 14496-12, "free" box. */
export async function largeVideo(path: string, bytes: number): Promise<string> {
  const video = await readFile(sampleVideo);
  const box = Buffer.alloc(bytes - video.length);
  box.writeUInt32BE(box.length, 0);
  box.write('free', 4, 'latin1');
  await writeFile(path, Buffer.concat([video, box]));
  return path;
}
