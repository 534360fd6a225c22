import { open } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import mediaInfoFactory, { type MediaInfo } from 'mediainfo.js';
import { MiB } from '../bytes.ts';
import { interpret } from './interpret.ts';
import { NotMediaError, type Probe, type ProbeResult } from './probe.ts';
import { limitWasmMemory } from './wasm-memory.ts';

// The thread in which files are probed: takes a path, answers a ProbeResult.

/** Bytes that MediaInfo may take. */
limitWasmMemory(256 * MiB);

const chunkSize = MiB / 4;
let instance: Promise<MediaInfo<'object'>> | undefined;

parentPort?.on('message', (path: string) => {
  void answer(path).then((result) => parentPort?.postMessage(result));
});

async function answer(path: string): Promise<ProbeResult> {
  try {
    return { probe: await probe(path) };
  } catch (error) {
    if (error instanceof NotMediaError) return { notMedia: error.message, technical: error.technical };
    return { failure: error };
  }
}

async function probe(path: string): Promise<Probe> {
  const handle = await open(path);
  try {
    const { size } = await handle.stat();
    if (size === 0) throw new NotMediaError('The file is empty.');
    instance ??= mediaInfoFactory({ format: 'object', full: true, chunkSize });
    const mediaInfo = await instance;
    const buffer = new Uint8Array(chunkSize);
    const result = await mediaInfo
      .analyzeData(size, async (length, offset) => {
        const { bytesRead } = await handle.read(buffer, 0, Math.min(length, buffer.length), offset);
        return buffer.subarray(0, bytesRead);
      })
      .catch((error: unknown) => {
        instance = undefined;
        throw new NotMediaError(`The file could not be read as media: ${String(error)}`);
      });
    return await interpret(result, handle, size);
  } finally {
    await handle.close();
  }
}
