import { z } from 'zod/v4';
import { invalid, missing } from '../errors.ts';
import { namedImageSource } from '../http/source-schema.ts';
import { mediaUrl } from '../http/validate.ts';
import type { Span } from '../made-up/spans.ts';
import type { MediaFacts } from '../media/facts.ts';
import { checkJsonSchema } from './json-schema.ts';

/** The one model that the platform analyzes with: Pegasus 1.2, and `video_id` with it, ended in August 2026. */
const model = z.enum(['pegasus1.5'], 'must be pegasus1.5').default('pegasus1.5');

export const videoSource = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('url'), url: mediaUrl }),
    z.strictObject({ type: z.literal('asset_id'), asset_id: z.string() }),
    z.strictObject({ type: z.literal('base64_string'), base64_string: z.string() }),
  ],
  'must be url, asset_id or base64_string',
);

const promptWithImages = z.strictObject({
  input_text: z.string().min(1, 'must not be empty'),
  media_sources: z.array(namedImageSource).max(4, 'must have 4 images at most').optional(),
});

/** What `POST /analyze` and `POST /analyze/tasks` have in common. */
export const analysisFields = {
  model_name: model,
  video: videoSource,
  prompt: z.string().min(1, 'must not be empty').optional(),
  prompt_v2: promptWithImages.optional(),
  temperature: z.number().min(0, 'must be 0 to 1').max(1, 'must be 0 to 1').optional(),
  start_time: z.number().min(0, 'must be 0 or more').optional(),
  end_time: z.number().min(0, 'must be 0 or more').optional(),
};

export function maxTokens(min: number): z.ZodOptional<z.ZodNumber> {
  const rule = `must be ${min} to 98304`;
  return z.number().int(rule).min(min, rule).max(98_304, rule).optional();
}

export const jsonSchemaFormat = z.strictObject({
  type: z.literal('json_schema'),
  json_schema: z.record(z.string(), z.unknown()),
});

export const analyzeBody = z.strictObject({
  ...analysisFields,
  stream: z.boolean().default(true),
  max_tokens: maxTokens(512),
  response_format: jsonSchemaFormat.optional(),
});

/** A question about a video, of either way to ask it. */
export interface Question {
  readonly prompt?: string | undefined;
  readonly prompt_v2?: z.output<typeof promptWithImages> | undefined;
  readonly response_format?: z.output<typeof jsonSchemaFormat> | undefined;
}

/**
 * The text of a question, of whichever field it came in.
 *
 * @throws {PlatformError} 400 when there is none or two of them, or when it names an image that is not there; 422 for
 * a schema with keywords that the platform does not take.
 */
export function questionText({ prompt, prompt_v2, response_format }: Question): string {
  if (prompt !== undefined && prompt_v2 !== undefined) {
    throw invalid('prompt_v2', 'It cannot be combined with prompt.');
  }
  const text = prompt ?? prompt_v2?.input_text;
  if (text === undefined) throw missing('prompt');
  const images = new Set(prompt_v2?.media_sources?.map(({ name }) => name));
  for (const [, name = ''] of prompt_v2?.input_text.matchAll(/<@([^>]+)>/g) ?? []) {
    if (!images.has(name)) throw invalid('prompt_v2.input_text', `There is no media source named ${name}.`);
  }
  if (response_format !== undefined)
    checkJsonSchema(response_format.json_schema, 'response_format.json_schema');
  return text;
}

interface Times {
  readonly start_time?: number | undefined;
  readonly end_time?: number | undefined;
}

/**
 * The seconds of a video that are analyzed.
 *
 * @throws {PlatformError} 400 when they are not inside the video, or fewer than 4.
 */
export function analysisWindow({ start_time, end_time }: Times, facts: MediaFacts): Span {
  const duration = facts.duration ?? 0;
  const start = start_time ?? 0;
  const end = end_time ?? duration;
  if (start >= duration)
    throw invalid('start_time', `It must be less than the duration of ${duration} seconds.`);
  if (end > duration)
    throw invalid('end_time', `It must not be more than the duration of ${duration} seconds.`);
  if (end - start < 4 - 1e-6) throw invalid('end_time', 'It must be at least 4 seconds after start_time.');
  return { start, end };
}
