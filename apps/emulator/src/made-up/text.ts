import { formatBytes } from '../bytes.ts';
import type { MediaFacts } from '../media/facts.ts';
import type { Span } from './spans.ts';

/** How every made-up text begins, so that it is not mistaken for a model's. */
export const madeUp = 'Made up by the emulator, without a model.';

/**
 * An answer to a question about a video: the question itself, and what the prober knows of the file.
 *
 * @param window seconds of the video that the question is about.
 */
export function madeUpAnswer(prompt: string, facts: MediaFacts, window: Span): string {
  return `${madeUp} You asked: ${JSON.stringify(prompt)}. ${describe(facts, window)}`;
}

function describe(facts: MediaFacts, { start, end }: Span): string {
  const size = facts.width === null ? '' : `, ${facts.width}x${facts.height}`;
  const codec = facts.videoCodec === null ? '' : `, ${facts.videoCodec}`;
  const metadata = Object.entries(facts.user_metadata ?? {}).map(([key, value]) => `${key}: ${value}`);
  return [
    `The ${facts.kind} ${JSON.stringify(facts.filename)} is ${facts.duration ?? 0} s long`,
    `${size}${codec}, ${formatBytes(facts.size)}, ${facts.hasAudio ? 'with' : 'without'} sound.`,
    start > 0 || end < (facts.duration ?? 0) ? ` Analyzed from ${start} s to ${end} s.` : '',
    metadata.length > 0 ? ` Its metadata: ${metadata.join(', ')}.` : '',
  ].join('');
}

/** What a text would cost: about four characters a token. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** The beginning of a text that has no more tokens than `limit`. */
export function cutToTokens(text: string, limit: number): string {
  return text.slice(0, limit * 4);
}
