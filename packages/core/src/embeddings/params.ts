import { z } from 'zod/v4';
import { base64Text } from '../files/base64-text.ts';
import type { FileRule } from '../http/check-files.ts';
import { fileSource } from '../validation/file-source.ts';
import { mediaUrl } from '../validation/media-url.ts';
import { alongside, dateTime, idParam, name, paging, seconds } from '../validation/rules.ts';

/** The model whose vectors match those of an index. Vectors of two models cannot be compared. */
export const DEFAULT_EMBEDDING_MODEL = 'marengo3.0';

/** A file of media. `file` is sent in the request, as Base64: for small files. */
const mediaSource = z.lazy(() =>
  z
    .looseObject(
      {
        url: mediaUrl.optional(),
        asset_id: idParam.optional(),
        base64_string: base64Text.optional(),
        file: fileSource.optional(),
      },
      { error: 'must be { url }, { asset_id }, { base64_string } or { file }' },
    )
    .refine(
      ({ url, asset_id, base64_string, file }) =>
        [url, asset_id, base64_string, file].filter((source) => source !== undefined).length === 1,
      { error: 'must have exactly one of url, asset_id, base64_string and file', params: { rule: 'source' } },
    ),
);

const inputText = z.lazy(() => name('must be a text'));
const media = z.lazy(() => z.looseObject({ media_source: mediaSource }));

const timedMedia = z.lazy(() =>
  media
    .unwrap()
    .extend({
      /** Seconds. */
      start_sec: seconds().optional(),
      end_sec: seconds().optional(),
      embedding_option: z.array(z.string(), { error: 'must be an array' }).optional(),
      embedding_scope: z.array(z.string(), { error: 'must be an array' }).optional(),
      embedding_type: z.array(z.string(), { error: 'must be an array' }).optional(),
    })
    .refine(
      ({ start_sec = 0, end_sec }) =>
        typeof start_sec !== 'number' || typeof end_sec !== 'number' || end_sec > start_sec,
      alongside('window', 'must be greater than start_sec', 'end_sec'),
    ),
);

/** Source: the published API description of `multi_input`. */
const MAX_IMAGES = 10;

/** What is embedded is under the name of its type. */
const longInputs = () => ({ audio: timedMedia.optional(), video: timedMedia.optional() });
const inputs = () => ({
  text: z.looseObject({ input_text: inputText }).optional(),
  image: media.optional(),
  text_image: media.unwrap().extend({ input_text: inputText }).optional(),
  ...longInputs(),
  multi_input: z
    .looseObject({
      media_sources: z
        .array(mediaSource, { error: 'must be an array of images' })
        .max(MAX_IMAGES, { error: `must have at most ${MAX_IMAGES} images` }),
    })
    .optional(),
});

const common = () => ({
  /** `text`, `image`, `text_image`, `audio`, `video`, or what another model takes. */
  input_type: name('must be the type of the input, such as "text"'),
  /** An open string: models change. */
  model_name: name('must be the name of a model').default(DEFAULT_EMBEDDING_MODEL),
});

interface Common {
  readonly input_type: string;
  readonly [input: string]: unknown;
}

/** The input of a type that has one. */
const requireInput = (types: object) => (params: Common, context: z.core.$RefinementCtx) => {
  const { input_type } = params;
  if (!Object.hasOwn(types, input_type) || params[input_type] !== undefined) return;
  const message = `is required: the input of the type "${input_type}"`;
  context.addIssue({ code: 'custom', path: [input_type], message, params: { rule: 'required' } });
};

/** Another model has its own inputs, which may have the same names: all of them pass through. */
const ofOtherModel = z.lazy(() =>
  z.looseObject(common()).refine(({ model_name }) => model_name !== DEFAULT_EMBEDDING_MODEL, {
    path: ['model_name'],
    abort: true,
  }),
);

const ofAnyModel = <T extends z.ZodType>(ofDefaultModel: () => T) =>
  z.lazy(() => z.union([ofDefaultModel(), ofOtherModel]) as unknown as T);

/** Parameters of an embedding. What is not known here passes through. */
export const embeddingParams = ofAnyModel(() =>
  z.looseObject({ ...common(), ...inputs() }).superRefine(requireInput(inputs())),
);

/** Parameters of an embedding; `model_name` has a default here. */
export interface EmbeddingParams extends z.input<typeof embeddingParams> {}

/** Parameters of a task, which is for audio and video. */
export const embeddingTaskParams = ofAnyModel(() =>
  z.looseObject({ ...common(), ...longInputs() }).superRefine(requireInput(longInputs())),
);

/** Parameters of a task; `model_name` has a default here. */
export interface EmbeddingTaskParams extends z.input<typeof embeddingTaskParams> {}

/** Where the inputs of the models have URLs of media. */
export const EMBEDDING_LINKS = ['*.media_source.url', '*.media_sources.*.url'];

/** Where they have files. */
export const EMBEDDING_FILES: readonly FileRule[] = [
  { path: 'image.media_source.file', kinds: ['image'] },
  { path: 'text_image.media_source.file', kinds: ['image'] },
  { path: 'multi_input.media_sources.*.file', kinds: ['image'] },
  { path: 'audio.media_source.file', kinds: ['audio', 'video'] },
  { path: 'video.media_source.file', kinds: ['audio', 'video'] },
];

export const taskParams = z.lazy(() => z.strictObject({ task_id: idParam }));

/** Filters and paging of the list of embedding tasks. */
export const listTasksParams = z.lazy(() =>
  z.strictObject({
    ...paging,
    status: name('must be a status, such as "ready"').optional(),
    started_at: dateTime.optional(),
    ended_at: dateTime.optional(),
  }),
);

/** Filters and paging of the list of embedding tasks. */
export interface ListEmbeddingTasksParams extends z.input<typeof listTasksParams> {}
