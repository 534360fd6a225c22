import { z } from 'zod/v4';
import { fileSource, imageSource } from '../http/source-schema.ts';

/** Text of a request: 500 tokens, of about four characters. Source: "Create embeddings". */
const inputText = z.string().min(1, 'must not be empty').max(2000, 'may have 500 tokens');

const seconds = z.number().min(0, 'must be 0 or more');
const fixed = z.strictObject({
  strategy: z.literal('fixed'),
  fixed: z.strictObject({ duration_sec: z.number().int().min(1).max(10) }),
});
const dynamic = z.strictObject({
  strategy: z.literal('dynamic'),
  dynamic: z.strictObject({ min_duration_sec: z.number().min(1).max(5) }),
});
const scope = z.enum(['clip', 'asset']);
const embeddingType = z.enum(['separate_embedding', 'fused_embedding']);

const timed = {
  media_source: fileSource,
  start_sec: seconds.default(0),
  end_sec: seconds.optional(),
  embedding_scope: z.array(scope).min(1).default(['clip', 'asset']),
  embedding_type: z.array(embeddingType).min(1).default(['separate_embedding']),
};

export const audioInput = z.strictObject({
  ...timed,
  segmentation: fixed.default({ strategy: 'fixed', fixed: { duration_sec: 6 } }),
  embedding_option: z
    .array(z.enum(['audio', 'transcription']))
    .min(1)
    .default(['audio', 'transcription']),
});

export const videoInput = z.strictObject({
  ...timed,
  segmentation: z
    .discriminatedUnion('strategy', [fixed, dynamic])
    .default({ strategy: 'dynamic', dynamic: { min_duration_sec: 4 } }),
  embedding_option: z
    .array(z.enum(['visual', 'audio', 'transcription']))
    .min(1)
    .default(['visual', 'audio', 'transcription']),
});

/** Audio or video to embed. */
export type TimedInput = z.output<typeof audioInput> | z.output<typeof videoInput>;

const common = {
  model_name: z.enum(['marengo3.0', 'marengo3.5']),
  auto_truncate: z.boolean().optional(),
  embedding_uncertainty: z.boolean().optional(),
};

export const embedBody = z.discriminatedUnion('input_type', [
  z.strictObject({
    ...common,
    input_type: z.literal('text'),
    text: z.strictObject({ input_text: inputText }),
  }),
  z.strictObject({
    ...common,
    input_type: z.literal('image'),
    image: z.strictObject({ media_source: fileSource }),
  }),
  z.strictObject({
    ...common,
    input_type: z.literal('text_image'),
    text_image: z.strictObject({ media_source: fileSource, input_text: inputText }),
  }),
  z.strictObject({ ...common, input_type: z.literal('audio'), audio: audioInput }),
  z.strictObject({ ...common, input_type: z.literal('video'), video: videoInput }),
  z.strictObject({
    ...common,
    input_type: z.literal('multi_input'),
    multi_input: z.strictObject({
      input_text: inputText.optional(),
      media_sources: z.array(imageSource).min(1).max(10, 'may have 10 images'),
    }),
  }),
]);

export const embedTaskBody = z.discriminatedUnion('input_type', [
  z.strictObject({ ...common, input_type: z.literal('audio'), audio: audioInput }),
  z.strictObject({ ...common, input_type: z.literal('video'), video: videoInput }),
]);
