import { invalid } from '../errors.ts';
import { type Span, spans } from '../made-up/spans.ts';
import { madeUpVector } from '../made-up/vector.ts';
import { knownText } from '../made-up/words.ts';
import type { MediaFacts } from '../media/facts.ts';
import type { TimedInput } from './request.ts';

export interface Embedding {
  readonly embedding: readonly number[];
  readonly embedding_option: string | null;
  readonly embedding_scope: string | null;
  readonly start_sec: number | null;
  readonly end_sec: number | null;
}

/** A made-up embedding of what has no duration. */
export function plainEmbedding(text: string): Embedding {
  return {
    embedding: madeUpVector(text),
    embedding_option: null,
    embedding_scope: null,
    start_sec: null,
    end_sec: null,
  };
}

/**
 * Made-up embeddings of audio or video: one for each option and scope, and for each segment.
 *
 * @throws {PlatformError} 400 for times outside the file.
 */
export function timedEmbeddings(input: TimedInput, facts: MediaFacts, field: string): Embedding[] {
  const window = windowOf(input, facts, field);
  const text = knownText(facts);
  const isFused = input.embedding_type.includes('fused_embedding');
  const options: string[] = [
    ...(input.embedding_type.includes('separate_embedding') ? input.embedding_option : []),
    ...(isFused ? ['fused'] : []),
  ];
  return input.embedding_scope.flatMap((scope) => {
    const parts = scope === 'asset' ? [window] : spans(window, segmentLength(input));
    return options.flatMap((option) =>
      parts.map(({ start, end }) => ({
        embedding: madeUpVector(text, `${option} ${start} ${end}`),
        embedding_option: option,
        embedding_scope: scope,
        start_sec: start,
        end_sec: end,
      })),
    );
  });
}

/** What an answer contains about the input besides the vectors. */
export function timedMetadata(
  input_type: 'audio' | 'video',
  input: TimedInput,
  facts: MediaFacts,
): Record<string, unknown> {
  return {
    input_type,
    ...sourceMetadata(input.media_source, facts),
    ...(input_type === 'video' &&
      input.segmentation.strategy === 'fixed' && { clip_length: input.segmentation.fixed.duration_sec }),
    embedding_options: input.embedding_option,
    embedding_scopes: input.embedding_scope,
    duration: facts.duration ?? 0,
  };
}

/** Where a file came from, as answers name it. */
export function sourceMetadata(
  { url }: { url?: string | undefined },
  { filename }: MediaFacts,
): Record<string, string> {
  return url === undefined ? { input_filename: filename } : { input_url: url };
}

function segmentLength({ segmentation }: TimedInput): number {
  return segmentation.strategy === 'fixed'
    ? segmentation.fixed.duration_sec
    : segmentation.dynamic.min_duration_sec;
}

function windowOf({ start_sec, end_sec }: TimedInput, facts: MediaFacts, field: string): Span {
  const duration = facts.duration ?? 0;
  const end = end_sec ?? duration;
  if (end <= start_sec) throw invalid(`${field}.end_sec`, 'It must be greater than start_sec.');
  if (end > duration)
    throw invalid(`${field}.end_sec`, `It must not be more than the duration of ${duration} seconds.`);
  return { start: start_sec, end };
}
