import { madeUpJson } from '../made-up/json.ts';
import { type Span, spans } from '../made-up/spans.ts';
import type { SegmentDefinition, SegmentsFormat, SegmentsTask } from './task-request.ts';

/** Seconds of a made-up segment where the request sets no bounds. */
const usualLength = 10;

/**
 * Segments for each definition: the video in equal parts within the bounds that were asked for, with fields that
 * have the right types.
 */
export function madeUpSegments(
  body: Pick<SegmentsTask, 'response_format' | 'min_segment_duration' | 'max_segment_duration'>,
  window: Span,
): Record<string, unknown[]> {
  const { segment_definitions, segment_time_format } = body.response_format;
  const length = Math.min(
    Math.max(usualLength, body.min_segment_duration ?? 0),
    body.max_segment_duration ?? Number.POSITIVE_INFINITY,
  );
  const segmentsOf = (definition: SegmentDefinition): unknown[] =>
    (definition.time_ranges?.map((range) => ({ start: range.start_time, end: range.end_time })) ?? [window])
      .flatMap((span) => spans(span, length))
      // The last part may be shorter than asked for.
      .filter(({ start, end }, index) => index === 0 || end - start >= (body.min_segment_duration ?? 0))
      .map(({ start, end }) => ({
        start_time: formatTime(start, segment_time_format),
        end_time: formatTime(end, segment_time_format),
        metadata: madeUpFields(definition),
      }));
  return Object.fromEntries(segment_definitions.map((definition) => [definition.id, segmentsOf(definition)]));
}

function madeUpFields({ fields = [] }: SegmentDefinition): unknown {
  const properties = Object.fromEntries(
    fields.map(({ name, description: _description, ...schema }) => [name, schema]),
  );
  return madeUpJson({ type: 'object', properties, required: fields.map(({ name }) => name) });
}

function formatTime(seconds: number, format: SegmentsFormat['segment_time_format']): number | string {
  if (format === 'seconds') return seconds;
  const text = new Date(seconds * 1000).toISOString().slice(11, 23);
  return format === 'hh:mm:ss' ? text.slice(0, 8) : text;
}
