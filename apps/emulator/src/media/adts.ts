import type { FileHandle } from 'node:fs/promises';

const samplesPerFrame = 1024;
/** ISO/IEC 14496-3, table 1.18, by sampling_frequency_index. */
const sampleRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350,
];
const headerSize = 7;

/**
 * The duration in seconds of a bare AAC stream (ADTS), which is written nowhere in it: its frames are counted by
 * walking from header to header. Null where the stream loses its thread.
 */
export async function adtsDuration(handle: FileHandle): Promise<number | null> {
  const buffer = Buffer.alloc(1024 * 1024);
  let seconds = 0;
  let start = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
    let offset = 0;
    while (offset + headerSize <= bytesRead) {
      const frame = readHeader(buffer, offset);
      if (frame === null) return seconds > 0 ? seconds : null;
      seconds += frame.samples / frame.rate;
      offset += frame.length;
    }
    start += offset;
    if (bytesRead < buffer.length) return seconds > 0 ? seconds : null;
  }
}

function readHeader(buffer: Buffer, at: number): { length: number; samples: number; rate: number } | null {
  if ((buffer.readUInt16BE(at) & 0xfff6) !== 0xfff0) return null;
  const rate = sampleRates[(buffer.readUInt8(at + 2) >> 2) & 0xf];
  const length = (buffer.readUInt32BE(at + 3) >> 13) & 0x1fff;
  const blocks = (buffer.readUInt8(at + 6) & 3) + 1;
  return rate === undefined || length < headerSize
    ? null
    : { length, samples: blocks * samplesPerFrame, rate };
}
