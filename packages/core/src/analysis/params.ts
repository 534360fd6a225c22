import { z } from 'zod/v4';
import { base64Text } from '../files/base64-text.ts';
import { mediaUrl } from '../validation/media-url.ts';
import { alongside, count, hasLength, idParam, name, paging, seconds } from '../validation/rules.ts';
import { text, trimmed } from '../validation/text.ts';
import { promptWithImages } from './images.ts';
import { schemaProblems } from './json-schema.ts';
import { isSegmentation, MIN_SEGMENT, SEGMENT_RULES, segmentFormat, TOKENS } from './segments.ts';

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

const jsonSchema = z.lazy(() =>
  z
    .record(z.string(), z.unknown(), { error: 'must be a JSON schema: an object' })
    .superRefine((schema, context) => {
      for (const { path, message } of schemaProblems(schema))
        context.addIssue({ code: 'custom', path: [...path], message, params: { rule: 'keyword' } });
    }),
);

const schemaFormat = z.lazy(() =>
  z.strictObject({ type: z.literal('json_schema'), json_schema: jsonSchema }),
);

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
  max_tokens: count(1).optional(),
  /** Seconds. */
  start_time: seconds().optional(),
  end_time: seconds().optional(),
});

interface Common {
  readonly model_name?: unknown;
  readonly max_tokens?: unknown;
  readonly prompt?: unknown;
  readonly prompt_v2?: unknown;
  readonly start_time?: unknown;
  readonly end_time?: unknown;
}

/** Source: the published API description: the shortest part of a video that is analyzed, in seconds. */
const MIN_WINDOW = 4;

const oneQuestion = (p: Common) => p.prompt === undefined || p.prompt_v2 === undefined;
const hasQuestion = (p: Common) => p.prompt !== undefined || p.prompt_v2 !== undefined;
const hasWindow = ({ start_time = 0, end_time }: Common) => hasLength(start_time, end_time, MIN_WINDOW);

/** Models have different ranges: only the range of this one is known. */
const hasTokens = ({ model_name = TOKENS.model, max_tokens = TOKENS.least }: Common) =>
  model_name !== TOKENS.model ||
  typeof max_tokens !== 'number' ||
  (max_tokens >= TOKENS.least && max_tokens <= TOKENS.most);

const TOKENS_IN_RANGE = alongside(
  'range',
  `must be from ${TOKENS.least} to ${TOKENS.most} for the model ${TOKENS.model}`,
  'max_tokens',
);
const ONE_QUESTION = alongside(
  'question',
  'must be left out when prompt is given: use one of them',
  'prompt_v2',
);
const HAS_QUESTION = alongside(
  'required',
  'is required: a question about the video, here or in prompt_v2',
  'prompt',
);
const HAS_WINDOW = alongside('window', `must be at least ${MIN_WINDOW} seconds after start_time`, 'end_time');

/** A question that is answered in one request. */
export const askParams = z.lazy(() =>
  z
    .strictObject({ ...fields(), response_format: schemaFormat.optional() })
    .refine(hasQuestion, HAS_QUESTION)
    .refine(oneQuestion, ONE_QUESTION)
    .refine(hasTokens, TOKENS_IN_RANGE)
    .refine(hasWindow, HAS_WINDOW),
);

/** A question that is answered in one request. */
export interface AskParams extends z.input<typeof askParams> {}

/** The same, checked. */
export type CheckedAskParams = z.output<typeof askParams>;

const customId = z.lazy(() =>
  text()
    .transform(trimmed)
    .pipe(z.string().regex(/^[\w-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, "-" or "_"' })),
);

/** A question, or the kinds of segments to find. */
export const analyzeParams = z.lazy(() =>
  SEGMENT_RULES.reduce(
    (params, [holds, error]) => params.refine(holds, error),
    z.strictObject({
      ...fields(),
      response_format: z
        .discriminatedUnion('type', [schemaFormat, segmentFormat], {
          error:
            'must be { type: "json_schema", json_schema } or { type: "segment_definitions", segment_definitions }',
        })
        .optional(),
      /** Tasks only. */
      custom_id: customId.optional(),
      /** `time_based_metadata`, for segments, follows from `response_format`. */
      analysis_mode: z
        .enum(['general', 'time_based_metadata'], { error: 'must be "general" or "time_based_metadata"' })
        .optional(),
      /** Seconds; segments only. */
      min_segment_duration: seconds(MIN_SEGMENT).optional(),
      max_segment_duration: seconds(MIN_SEGMENT).optional(),
    }),
  )
    .refine((p) => isSegmentation(p) || hasQuestion(p), HAS_QUESTION)
    .refine(oneQuestion, ONE_QUESTION)
    .refine(hasTokens, TOKENS_IN_RANGE)
    .refine(hasWindow, HAS_WINDOW)
    .refine(
      (p) =>
        p.analysis_mode === undefined || isSegmentation(p) === (p.analysis_mode === 'time_based_metadata'),
      alongside(
        'segments',
        'must be "time_based_metadata" with segment definitions, and "general" without',
        'analysis_mode',
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
