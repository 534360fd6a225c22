import { z } from 'zod/v4';
import { base64Text } from '../files/base64-text.ts';
import { mediaUrl } from '../validation/media-url.ts';
import { idParam, name, paging } from '../validation/rules.ts';
import { schemaProblems } from './json-schema.ts';

const modelName = name('must be the name of a model, such as "pegasus1.5"');

/** The video that a question is about. */
export const videoSource = z.lazy(() =>
  z.discriminatedUnion(
    'type',
    [
      z.strictObject({ type: z.literal('asset_id'), asset_id: idParam }),
      z.strictObject({ type: z.literal('url'), url: mediaUrl }),
      z.strictObject({ type: z.literal('base64_string'), base64_string: base64Text }),
    ],
    {
      error:
        'must be { type: "asset_id", asset_id }, { type: "url", url } or { type: "base64_string", base64_string }',
    },
  ),
);

/** Source: the published API description of `prompt_v2`. */
const MAX_IMAGES = 4;

/** A reference image, which the text names as `<@name>`. */
const referenceImage = z.lazy(() =>
  z
    .strictObject({
      name: name('must be the name of the image'),
      media_type: z.literal('image', { error: 'must be "image"' }).default('image'),
      url: mediaUrl.optional(),
      asset_id: idParam.optional(),
      base64_string: base64Text.optional(),
    })
    .refine(
      ({ url, asset_id, base64_string }) =>
        [url, asset_id, base64_string].filter((source) => source !== undefined).length === 1,
      { error: 'must have exactly one of url, asset_id and base64_string', params: { rule: 'source' } },
    ),
);

const images = z.lazy(() =>
  z
    .array(referenceImage, { error: 'must be an array of images' })
    .max(MAX_IMAGES, { error: `must have at most ${MAX_IMAGES} images` }),
);

const promptWithImages = z.lazy(() =>
  z
    .strictObject({ input_text: name('must be the question'), media_sources: images.optional() })
    .superRefine(({ input_text, media_sources = [] }, context) => {
      const names = new Set(media_sources.map((image) => image.name));
      for (const [mention, image = ''] of input_text.matchAll(/<@([^<>]+)>/g)) {
        if (!names.has(image)) {
          const message = `names ${mention}, but no image of media_sources has this name`;
          context.addIssue({ code: 'custom', path: ['input_text'], message, params: { rule: 'reference' } });
        }
      }
    }),
);

const jsonSchema = z.lazy(() =>
  z
    .record(z.string(), z.unknown(), { error: 'must be a JSON schema: an object' })
    .superRefine((schema, context) => {
      for (const { path, message } of schemaProblems(schema))
        context.addIssue({ code: 'custom', path: [...path], message, params: { rule: 'keyword' } });
    }),
);

const timeRange = z.lazy(() => z.strictObject({ start_time: seconds(), end_time: seconds() }));

const segmentField = z.lazy(() =>
  z.looseObject({
    name: name('must be the name of the field'),
    type: name('must be a type, such as "string"'),
  }),
);

const segmentDefinition = z.lazy(() =>
  z.looseObject({
    id: name('must be a name for this kind of segment'),
    description: name('must say what this kind of segment looks like'),
    fields: z.array(segmentField, { error: 'must be an array of fields' }).optional(),
    media_sources: images.optional(),
    time_ranges: z.array(timeRange, { error: 'must be an array of { start_time, end_time }' }).optional(),
  }),
);

/** Source: the published API description of `segment_definitions`. */
const MAX_DEFINITIONS = 20;

const schemaFormat = z.lazy(() =>
  z.strictObject({ type: z.literal('json_schema'), json_schema: jsonSchema }),
);

const segmentFormat = z.lazy(() =>
  z.strictObject({
    type: z.literal('segment_definitions'),
    segment_definitions: z
      .array(segmentDefinition, { error: 'must be an array of definitions' })
      .min(1, { error: 'must have at least one definition' })
      .max(MAX_DEFINITIONS, { error: `must have at most ${MAX_DEFINITIONS} definitions` }),
    segment_time_format: z
      .enum(['seconds', 'hh:mm:ss', 'hh:mm:ss.fff'], {
        error: 'must be "seconds", "hh:mm:ss" or "hh:mm:ss.fff"',
      })
      .optional(),
  }),
);

/** Of the model of today; another model has its own limits. */
const MAX_TOKENS = 98_304;

const fields = () => ({
  /** An open string: models change. @default the platform's */
  model_name: modelName.optional(),
  video: videoSource,
  prompt: name('must be the question').optional(),
  /** A question with reference images. */
  prompt_v2: promptWithImages.optional(),
  temperature: z
    .number({ error: 'must be a number from 0 to 1' })
    .min(0, { error: 'must be from 0 to 1' })
    .max(1, { error: 'must be from 0 to 1' })
    .optional(),
  max_tokens: z
    .number({ error: 'must be a whole number' })
    .int({ error: 'must be a whole number' })
    .min(1, { error: 'must be at least 1' })
    .max(MAX_TOKENS, { error: 'must be at most 98,304' })
    .optional(),
  /** Seconds. */
  start_time: seconds().optional(),
  end_time: seconds().optional(),
});

function seconds() {
  return z.number({ error: 'must be a number of seconds' }).min(0, { error: 'must not be negative' });
}

interface Common {
  readonly prompt?: unknown;
  readonly prompt_v2?: unknown;
  readonly start_time?: unknown;
  readonly end_time?: unknown;
}

/** Source: the published API description: the shortest part of a video that is analyzed, in seconds. */
const MIN_WINDOW = 4;

/** Checked beside the other rules, so that all problems come at once. */
const always = { when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null };
const rule = (field: string, ruleName: string, error: string) => ({
  error,
  path: [field],
  params: { rule: ruleName },
  ...always,
});

const oneQuestion = (p: Common) => p.prompt === undefined || p.prompt_v2 === undefined;
const hasQuestion = (p: Common) => p.prompt !== undefined || p.prompt_v2 !== undefined;
const hasWindow = ({ start_time: start = 0, end_time: end }: Common) =>
  typeof start !== 'number' || typeof end !== 'number' || end - start >= MIN_WINDOW;

const ONE_QUESTION = rule('prompt_v2', 'question', 'must be left out when prompt is given: use one of them');
const HAS_QUESTION = rule(
  'prompt',
  'required',
  'is required: a question about the video, here or in prompt_v2',
);
const HAS_WINDOW = rule('end_time', 'window', 'must be at least 4 seconds after start_time');

/** A question that is answered in one request. */
export const askParams = z.lazy(() =>
  z
    .strictObject({ ...fields(), response_format: schemaFormat.optional() })
    .refine(hasQuestion, HAS_QUESTION)
    .refine(oneQuestion, ONE_QUESTION)
    .refine(hasWindow, HAS_WINDOW),
);

/** A question that is answered in one request. */
export interface AskParams extends z.input<typeof askParams> {}

/** The same, checked. */
export type CheckedAskParams = z.output<typeof askParams>;

const isSegmentation = (p: { readonly response_format?: unknown }) =>
  (p.response_format as { type?: unknown } | undefined)?.type === 'segment_definitions';

const segmentSeconds = z.lazy(() =>
  z.number({ error: 'must be a number of seconds' }).min(2, { error: 'must be at least 2 seconds' }),
);

/** A question, or the kinds of segments to find. */
export const analyzeParams = z.lazy(() =>
  z
    .strictObject({
      ...fields(),
      response_format: z
        .discriminatedUnion('type', [schemaFormat, segmentFormat], {
          error:
            'must be { type: "json_schema", json_schema } or { type: "segment_definitions", segment_definitions }',
        })
        .optional(),
      /** Tasks only. */
      custom_id: z
        .string({ error: 'must be a string' })
        .regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, "-" or "_"' })
        .optional(),
      /** `time_based_metadata`, for segments, follows from `response_format`. */
      analysis_mode: z
        .enum(['general', 'time_based_metadata'], { error: 'must be "general" or "time_based_metadata"' })
        .optional(),
      /** Seconds; segments only. */
      min_segment_duration: segmentSeconds.optional(),
      max_segment_duration: segmentSeconds.optional(),
    })
    .refine((p) => isSegmentation(p) || hasQuestion(p), HAS_QUESTION)
    .refine(oneQuestion, ONE_QUESTION)
    .refine(hasWindow, HAS_WINDOW)
    .refine(
      (p) => !isSegmentation(p) || !hasQuestion(p),
      rule('prompt', 'segments', 'must be left out with segment definitions: they are the question'),
    )
    .refine(
      (p) =>
        p.analysis_mode === undefined || isSegmentation(p) === (p.analysis_mode === 'time_based_metadata'),
      rule(
        'analysis_mode',
        'segments',
        'must be "time_based_metadata" with segment definitions, and "general" without',
      ),
    )
    // The platform needs both; they can only mean the same.
    .transform((p) => (isSegmentation(p) ? { ...p, analysis_mode: 'time_based_metadata' as const } : p)),
);

/** A question about a video, or the kinds of segments to find in it. */
export interface AnalyzeParams extends z.input<typeof analyzeParams> {}

/** The same, checked. */
export type CheckedAnalyzeParams = z.output<typeof analyzeParams>;

/** Where a question has URLs of media. */
export const ANALYSIS_LINKS = [
  'video.url',
  'prompt_v2.media_sources.*.url',
  'response_format.segment_definitions.*.media_sources.*.url',
];

export const taskParams = z.lazy(() => z.strictObject({ task_id: idParam }));

/** Filters and paging of the list of analysis tasks. */
export const listTasksParams = z.lazy(() =>
  z.strictObject({
    ...paging,
    status: name('must be a status, such as "ready"').optional(),
    video_url: mediaUrl.optional(),
    asset_id: idParam.optional(),
    analysis_mode: name('must be "general" or "time_based_metadata"').optional(),
  }),
);

/** Filters and paging of the list of analysis tasks. */
export interface ListAnalysisTasksParams extends z.output<typeof listTasksParams> {}
