import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll } from 'vitest';

const MiB = 1024 ** 2;

/** MiB of the files of tests about long uploads, and seconds of an outage: larger ones are for a look by hand. */
export const UPLOAD_MIB = Number(process.env.UPLOAD_MIB ?? 24);
export const OUTAGE_SECONDS = Number(process.env.OUTAGE_SECONDS ?? 2);

/** A video with zeros behind it, for the tests of this file. */
export async function largeFile(mebibytes: number): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'twelvelabs-n8n-large-'));
  afterAll(() => rm(dir, { recursive: true }));
  const file = path.join(dir, 'large.mp4');
  await writeFile(file, await readFile(sampleVideo));
  await truncate(file, mebibytes * MiB);
  return file;
}
