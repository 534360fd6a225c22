import type { MediaFacts } from '../media/facts.ts';
import { type Span, spans } from './spans.ts';

/** Seconds of one line of a made-up transcription. */
const lineLength = 5;

/** What would be spoken in a part of a file; null where there is no sound. */
export function madeUpSpeech({ filename, hasAudio, kind }: MediaFacts, { start, end }: Span): string | null {
  if (!hasAudio && kind !== 'audio') return null;
  return `Words made up by the emulator for ${filename}, from ${start} s to ${end} s.`;
}

/** A whole transcription; without lines where there is no sound. */
export function madeUpTranscription(facts: MediaFacts): { start: number; end: number; value: string }[] {
  return spans({ start: 0, end: facts.duration ?? 0 }, lineLength).flatMap((span) => {
    const value = madeUpSpeech(facts, span);
    return value === null ? [] : [{ ...span, value }];
  });
}
