import { operation } from '../http/operation.ts';
import { requestOptions } from '../http/request-options.ts';
import { retrieveIndexedAsset } from './endpoints.ts';
import { indexedAssetParams } from './params.ts';

/** Words that were spoken; times in seconds. */
export interface TranscriptItem {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** Reads what is spoken in an indexed asset, in order. Empty when nobody speaks, or the index does not cover audio. */
export const retrieveTranscript = operation(
  indexedAssetParams,
  requestOptions,
  async (context, ids): Promise<TranscriptItem[]> => {
    const { transcription } = await retrieveIndexedAsset.send(context, { ...ids, transcription: true });
    return (transcription ?? []).flatMap(({ start, end, value }) =>
      value ? [{ start: start ?? 0, end: end ?? start ?? 0, value }] : [],
    );
  },
);

/** A transcript as a SubRip file (`.srt`), which has no way to write the arrow of its times inside a text. */
export function formatSrt(items: readonly TranscriptItem[]): string {
  const cues = items.map(({ start, end, value }, index) => {
    const text = lines(value).replace(/(?<!-)-{2,}>/g, '->');
    return `${index + 1}\n${timestamp(start, ',')} --> ${timestamp(end, ',')}\n${text}\n`;
  });
  return cues.join('\n');
}

/** A transcript as a WebVTT file (`.vtt`). Source: the W3C's WebVTT, "cue text". */
export function formatWebVtt(items: readonly TranscriptItem[]): string {
  const cues = items.map(({ start, end, value }) => {
    const text = lines(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return `${timestamp(start, '.')} --> ${timestamp(end, '.')}\n${text}\n`;
  });
  return ['WEBVTT\n', ...cues].join('\n');
}

/** A blank line would end the cue. */
const lines = (text: string) =>
  text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

function timestamp(seconds: number, separator: string): string {
  const whole = Math.max(0, Math.round(seconds * 1000));
  const [hours, minutes, rest] = [whole / 3_600_000, (whole / 60_000) % 60, (whole / 1000) % 60].map((part) =>
    String(Math.floor(part)).padStart(2, '0'),
  );
  return `${hours}:${minutes}:${rest}${separator}${String(whole % 1000).padStart(3, '0')}`;
}
