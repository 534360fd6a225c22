import { z } from 'zod/v4';
import { alongside, hasLength, isAtLeast, name, seconds } from '../validation/rules.ts';
import { text } from '../validation/text.ts';
import { images } from './images.ts';
import { TIMESTAMP_FORMATS } from './json-schema.ts';

/** Source, as of all rules of segments: the published API description of `SegmentDefinition` and `SegmentField`. */
export const MIN_SEGMENT = 2;

const timeRange = z.lazy(() =>
  z
    .strictObject({ start_time: seconds(), end_time: seconds() })
    .refine(
      ({ start_time, end_time }) => hasLength(start_time, end_time, MIN_SEGMENT),
      alongside('window', `must be at least ${MIN_SEGMENT} seconds after start_time`, 'end_time'),
    ),
);

/** Ranges may touch. */
const areApart = (ranges: readonly z.output<typeof timeRange>[]) =>
  ranges
    .toSorted((one, other) => one.start_time - other.start_time)
    .every(({ start_time }, index, sorted) => start_time >= (sorted[index - 1]?.end_time ?? 0));

const timeRanges = z.lazy(() =>
  z
    .array(timeRange, { error: 'must be an array of { start_time, end_time }' })
    .refine(areApart, { error: 'must not overlap', params: { rule: 'overlap' } }),
);

const ITEM_TYPES = ['string', 'number', 'boolean', 'integer'] as const;
const FIELD_TYPES = [...ITEM_TYPES, 'array', 'timestamp'] as const;
/** Every segment has these anyway. */
const RESERVED = ['start_time', 'end_time', 'metadata'];
const MAX_VALUES = 100;

const oneOf = <const T extends string>(values: readonly T[]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

const segmentField = z.lazy(() =>
  z
    .looseObject({
      name: name('must be the name of the field'),
      type: oneOf(FIELD_TYPES),
      description: name('must say what this field contains'),
      format: oneOf(TIMESTAMP_FORMATS).optional(),
      enum: z
        .array(text(), { error: 'must be an array of texts' })
        .max(MAX_VALUES, { error: `must have at most ${MAX_VALUES} values` })
        .optional(),
      items: z
        .looseObject({ type: oneOf(ITEM_TYPES) }, { error: 'must be { type } of the items' })
        .optional(),
    })
    .refine(
      ({ type, format }) => type !== 'timestamp' || format !== undefined,
      alongside(
        'required',
        `is required for the type "timestamp": ${TIMESTAMP_FORMATS.join(', ')}`,
        'format',
      ),
    )
    .refine(
      ({ type, items }) => type !== 'array' || items !== undefined,
      alongside('required', 'is required for the type "array": { type } of the items', 'items'),
    )
    .refine(
      ({ type, format }) => type === 'timestamp' || typeof format !== 'string',
      alongside('timestamp', 'must be left out for every type but "timestamp"', 'format'),
    )
    .refine(
      (field) => field.type !== 'timestamp' || field.enum === undefined,
      alongside('timestamp', 'must be left out for the type "timestamp"', 'enum'),
    )
    .refine(
      ({ type, items }) => type !== 'timestamp' || items === undefined,
      alongside('timestamp', 'must be left out for the type "timestamp"', 'items'),
    )
    .refine(
      (field) => field.type !== 'timestamp' || !RESERVED.includes(field.name),
      alongside('reserved', 'must be another name: every segment has this one anyway', 'name'),
    ),
);

const segmentDefinition = z.lazy(() =>
  z.looseObject({
    id: name('must be a name for this kind of segment'),
    description: name('must say what this kind of segment looks like'),
    fields: z.array(segmentField, { error: 'must be an array of fields' }).optional(),
    media_sources: images.optional(),
    time_ranges: timeRanges.optional(),
  }),
);

const haveOwnIds = (definitions: readonly { readonly id?: unknown }[]) =>
  new Set(definitions.map((definition) => definition?.id)).size === definitions.length;

/** Source: the published API description of `segment_definitions`. */
const MAX_DEFINITIONS = 20;

/** The kinds of segments to find. */
export const segmentFormat = z.lazy(() =>
  z.strictObject({
    type: z.literal('segment_definitions'),
    segment_definitions: z
      .array(segmentDefinition, { error: 'must be an array of definitions' })
      .min(1, { error: 'must have at least one definition' })
      .max(MAX_DEFINITIONS, { error: `must have at most ${MAX_DEFINITIONS} definitions` })
      .refine(haveOwnIds, { error: 'must have a different id each', params: { rule: 'duplicate' } }),
    segment_time_format: oneOf(TIMESTAMP_FORMATS).optional(),
  }),
);

/** What a model takes. Source: the published API description of `max_tokens`. */
export const TOKENS = { model: 'pegasus1.5', least: 512, leastOfSegments: 2_048, most: 98_304 };

interface Formatted {
  readonly response_format?: unknown;
}

interface Lengths extends Formatted {
  readonly min_segment_duration?: unknown;
  readonly max_segment_duration?: unknown;
  readonly max_tokens?: unknown;
}

const formatOf = ({ response_format }: Formatted) =>
  (response_format ?? {}) as { readonly type?: unknown; readonly segment_definitions?: unknown };
export const isSegmentation = (p: Formatted) => formatOf(p).type === 'segment_definitions';
const hasTimeRanges = (p: Formatted) => {
  const { segment_definitions: definitions } = formatOf(p);
  return Array.isArray(definitions) && definitions.some((each) => each?.time_ranges !== undefined);
};

type Rule = readonly [holds: (p: object) => boolean, error: ReturnType<typeof alongside>];

const leftOut = (field: string, isCase: (p: Formatted) => boolean, when: string): Rule => [
  (p) => !isCase(p) || Reflect.get(p, field) === undefined,
  alongside('segments', `must be left out ${when}`, field),
];

/** What segments and their fields have to do with the rest. */
export const SEGMENT_RULES: readonly Rule[] = [
  ...['prompt', 'prompt_v2'].map((field) =>
    leftOut(field, isSegmentation, 'with segment definitions: they are the question'),
  ),
  ...['min_segment_duration', 'max_segment_duration'].map((field) =>
    leftOut(field, (p) => !isSegmentation(p), 'without segment definitions'),
  ),
  ...['start_time', 'end_time', 'min_segment_duration', 'max_segment_duration'].map((field) =>
    leftOut(field, hasTimeRanges, 'when a definition has time_ranges'),
  ),
  [
    (p: Lengths) => !isSegmentation(p) || isAtLeast(p.max_segment_duration, p.min_segment_duration),
    alongside('range', 'must not be less than min_segment_duration', 'max_segment_duration'),
  ],
  [
    (p: Lengths) => !isSegmentation(p) || isAtLeast(p.max_tokens, TOKENS.leastOfSegments),
    alongside('range', `must be at least ${TOKENS.leastOfSegments} with segment definitions`, 'max_tokens'),
  ],
];
