import { spawn } from 'node:child_process';
import { MiB } from '../bytes.ts';
import type { Options } from '../options.ts';

/** ffmpeg is missing, or failed. Its message is written for people. */
export class FfmpegError extends Error {
  override readonly name = 'FfmpegError';
}

/**
 * The demuxers that may open an upload. Without the list a playlist or a concat script, uploaded as a video, would
 * have ffmpeg read other files of this machine.
 */
const demuxers = [
  'aac,ac3,aiff,asf,avi,flac,flv,matroska,mov,mp3,mpeg,mpegts,mpegvideo,ogg,wav,webm,gif,apng',
  'jpeg_pipe,png_pipe,webp_pipe,bmp_pipe,tiff_pipe,image2',
].join(',');

/** Bytes of the largest block of memory that ffmpeg may ask for. */
const maxAllocation = 512 * MiB;

/** How much of ffmpeg's complaints is kept. */
const stderrLimit = 4096;

/**
 * Runs ffmpeg on one input file, within limits on time, pixels of a picture and memory.
 *
 * @param output arguments after the input, the output file last.
 * @throws {FfmpegError} saying why there is no output.
 */
export async function runFfmpeg(
  { ffmpeg: command, media: { seconds, pixels } }: Pick<Options, 'ffmpeg' | 'media'>,
  input: { readonly path: string; readonly seek?: number },
  output: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (command === false) throw new FfmpegError('ffmpeg is switched off.');
  const seek = input.seek === undefined ? [] : ['-ss', String(input.seek)];
  const args = [
    ...['-nostdin', '-hide_banner', '-loglevel', 'error', '-y', '-threads', '1'],
    ...['-max_alloc', String(maxAllocation), '-max_pixels', String(pixels)],
    ...['-protocol_whitelist', 'file', '-format_whitelist', demuxers],
    ...[...seek, '-i', input.path, ...output],
  ];
  const timeLimit = AbortSignal.timeout(seconds * 1000);
  const child = spawn(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    signal: AbortSignal.any([signal, timeLimit]),
    killSignal: 'SIGKILL',
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints = (complaints + text).slice(-stderrLimit);
  });
  await new Promise<void>((resolve, reject) => {
    let failure: Error | undefined;
    child.once('error', (error: NodeJS.ErrnoException) => {
      failure =
        error.code === 'ENOENT'
          ? new FfmpegError(`ffmpeg was not found (looked for ${JSON.stringify(command)}).`)
          : error;
      // A process that never started does not close either.
      if (child.pid === undefined) reject(failure);
    });
    child.once('close', (code) => {
      if (timeLimit.aborted && !signal.aborted) {
        reject(new FfmpegError(`ffmpeg was stopped after ${seconds} seconds.`));
      } else if (failure !== undefined) reject(failure);
      else if (code === 0) resolve();
      else reject(new FfmpegError(lastLine(complaints, input.path) || `ffmpeg ended with code ${code}.`));
    });
  });
}

/** ffmpeg's last line, without the path of the data folder. */
function lastLine(text: string, path: string): string {
  return (text.trim().split('\n').at(-1) ?? '').replaceAll(path, 'the file');
}
