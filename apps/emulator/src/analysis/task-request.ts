import { z } from 'zod/v4';
import { invalid } from '../errors.ts';
import { namedImageSource } from '../http/source-schema.ts';
import { validate } from '../http/validate.ts';
import type { Span } from '../made-up/spans.ts';
import type { MediaFacts } from '../media/facts.ts';
import { analysisFields, analysisWindow, jsonSchemaFormat, maxTokens } from './request.ts';

const timestampFormat = z.enum(['seconds', 'hh:mm:ss', 'hh:mm:ss.fff']);

/** Names that every segment has anyway. */
const reserved = new Set(['start_time', 'end_time', 'metadata']);

const segmentField = z
  .strictObject({
    name: z.string().min(1, 'must not be empty'),
    type: z.enum(['string', 'boolean', 'number', 'integer', 'array', 'timestamp']),
    description: z.string(),
    format: timestampFormat.optional(),
    enum: z.array(z.string()).max(100, 'may have 100 values').optional(),
    items: z.strictObject({ type: z.enum(['string', 'number', 'boolean', 'integer']) }).optional(),
  })
  .refine(({ type, format }) => (type === 'timestamp') === (format !== undefined), {
    path: ['format'],
    message: 'is required for the type timestamp, and for no other',
  })
  .refine(({ type, items }) => type !== 'array' || items !== undefined, {
    path: ['items'],
    message: 'is required for the type array',
  })
  .refine((field) => field.type !== 'timestamp' || (field.enum ?? field.items) === undefined, {
    path: ['type'],
    message: 'must not be timestamp with enum or items',
  })
  .refine(({ type, name }) => type !== 'timestamp' || !reserved.has(name), {
    path: ['name'],
    message: 'is reserved',
  });

const timeRange = z
  .strictObject({ start_time: z.number().min(0), end_time: z.number() })
  .refine(({ start_time, end_time }) => end_time - start_time >= 2 - 1e-6, 'must be at least 2 seconds long');

const segmentDefinition = z.strictObject({
  id: z.string().min(1, 'must not be empty'),
  description: z.string(),
  fields: z.array(segmentField).optional(),
  media_sources: z.array(namedImageSource).max(4, 'must have 4 images at most').optional(),
  time_ranges: z.array(timeRange).optional(),
});

export type SegmentDefinition = z.output<typeof segmentDefinition>;

const segmentsFormat = z.strictObject({
  type: z.literal('segment_definitions'),
  segment_definitions: z.array(segmentDefinition).min(1, 'must be 1 to 20').max(20, 'must be 1 to 20'),
  segment_time_format: timestampFormat.default('seconds'),
});

export type SegmentsFormat = z.output<typeof segmentsFormat>;

const minTwoSeconds = z.number().min(2, 'must be 2 or more').optional();

const taskFields = {
  ...analysisFields,
  custom_id: z
    .string()
    .regex(/^[\w-]{1,64}$/, 'must have 1 to 64 letters, digits, hyphens and underscores')
    .optional(),
};

const generalBody = z.strictObject({
  ...taskFields,
  analysis_mode: z.literal('general').default('general'),
  max_tokens: maxTokens(512),
  response_format: jsonSchemaFormat.optional(),
});

const segmentsBody = z.strictObject({
  ...taskFields,
  analysis_mode: z.literal('time_based_metadata'),
  max_tokens: maxTokens(2048),
  response_format: segmentsFormat,
  min_segment_duration: minTwoSeconds,
  max_segment_duration: minTwoSeconds,
});

export type GeneralTask = z.output<typeof generalBody>;
export type SegmentsTask = z.output<typeof segmentsBody>;

/**
 * Reads the body of a task of either mode.
 *
 * @throws {PlatformError} 400 naming what is wrong.
 */
export function taskRequest(input: unknown): GeneralTask | SegmentsTask {
  const mode = (input as { analysis_mode?: unknown } | undefined)?.analysis_mode;
  if (mode !== 'time_based_metadata') return validate(generalBody, input ?? {});
  const body = validate(segmentsBody, input);
  for (const field of ['prompt', 'prompt_v2'] as const) {
    if (body[field] !== undefined) throw invalid(field, 'It is not supported with time_based_metadata.');
  }
  const { min_segment_duration: min = 0, max_segment_duration: max = Number.POSITIVE_INFINITY } = body;
  if (max < min) throw invalid('max_segment_duration', 'It must not be less than min_segment_duration.');
  const hasRanges = body.response_format.segment_definitions.some(
    ({ time_ranges }) => time_ranges !== undefined,
  );
  for (const field of ['start_time', 'end_time', 'min_segment_duration', 'max_segment_duration'] as const) {
    if (hasRanges && body[field] !== undefined)
      throw invalid(field, 'It cannot be combined with time_ranges.');
  }
  return body;
}

/**
 * Checks what a segmentation asks for against the video itself.
 *
 * @returns the seconds of the video that are analyzed.
 * @throws {PlatformError} 400 for times outside the video, or ranges that overlap.
 */
export function segmentationWindow(body: SegmentsTask, facts: MediaFacts): Span {
  const ids = body.response_format.segment_definitions.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid('response_format.segment_definitions', `${twice} is there twice.`);
  for (const { id, time_ranges = [] } of body.response_format.segment_definitions) {
    const ranges = time_ranges.toSorted((one, two) => one.start_time - two.start_time);
    for (const [index, { start_time, end_time }] of ranges.entries()) {
      if (end_time > (facts.duration ?? 0)) {
        throw invalid('time_ranges', `A range of ${id} is not inside the video.`);
      }
      if (start_time < (ranges[index - 1]?.end_time ?? 0)) {
        throw invalid('time_ranges', `Ranges of ${id} overlap.`);
      }
    }
  }
  return analysisWindow(body, facts);
}
