import { z } from 'zod/v4';
import { dateTime, flag, idParam, name, paging, range, sorting } from '../validation/rules.ts';
import { text } from '../validation/text.ts';
import { userMetadata } from '../validation/user-metadata.ts';

const model = z.lazy(() =>
  z.strictObject({
    model_name: name('must be the name of a model, such as "marengo3.0"'),
    model_options: z
      .array(name('must be a model option, such as "visual"'), { error: 'must be an array of model options' })
      .min(1, { error: 'must have at least one model option' }),
  }),
);

/** What an index is for by default: search in picture and sound. An index takes no other model today. */
export const DEFAULT_INDEX_MODELS = [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }];

/** Parameters of "Create an index"; `models` has a default here. */
export const createIndexParams = z.lazy(() =>
  z.strictObject({
    index_name: name('must be the name of the index'),
    /** @default search in picture and sound with `marengo3.0` */
    models: z
      .array(model, { error: 'must be an array of models' })
      .min(1, { error: 'must have at least one model' })
      .default(DEFAULT_INDEX_MODELS),
    /** `thumbnail`: thumbnails of videos. */
    addons: z.array(z.string(), { error: 'must be an array of names, such as "thumbnail"' }).optional(),
  }),
);

/** Parameters of "Create an index"; `models` has a default here. */
export interface CreateIndexParams extends z.input<typeof createIndexParams> {}

export const indexParams = z.lazy(() => z.strictObject({ index_id: idParam }));

/** Filters and paging of the list of indexes. */
export const listIndexesParams = z.lazy(() =>
  z.strictObject({
    ...paging,
    ...sorting('created_at', 'updated_at'),
    index_name: name('must be part of a name').optional(),
    model_options: text('must be names with commas between them').optional(),
    model_family: name('must be "marengo" or "pegasus"').optional(),
    created_at: dateTime.optional(),
    updated_at: dateTime.optional(),
  }),
);

/** Filters and paging of the list of indexes. */
export interface ListIndexesParams extends z.input<typeof listIndexesParams> {}

/** Parameters of "Create an indexed asset". */
export const createIndexedAssetParams = z.lazy(() =>
  indexParams.unwrap().extend({
    asset_id: idParam,
    enable_video_stream: flag.optional(),
    user_metadata: userMetadata.optional(),
  }),
);

/** Parameters of "Create an indexed asset", without the id of the index. */
export interface CreateIndexedAssetParams
  extends Omit<z.output<typeof createIndexedAssetParams>, 'index_id'> {}

export const indexedAssetParams = z.lazy(() => indexParams.unwrap().extend({ indexed_asset_id: idParam }));

/** What to read of an indexed asset. */
export const retrieveIndexedAssetParams = z.lazy(() =>
  indexedAssetParams.unwrap().extend({
    transcription: flag.optional(),
    embedding_option: z
      .array(name('must be an embedding option, such as "visual"'), { error: 'must be an array' })
      .min(1, { error: 'must have at least one option' })
      .optional(),
  }),
);

/** What to read of an indexed asset, without its ids. */
export interface RetrieveIndexedAssetParams
  extends Omit<z.output<typeof retrieveIndexedAssetParams>, 'index_id' | 'indexed_asset_id'> {}

/** Filters and paging of the assets in an index. */
export const listIndexedAssetsParams = z.lazy(() =>
  indexParams.unwrap().extend({
    ...paging,
    ...sorting('created_at', 'updated_at'),
    status: z
      .array(z.string(), { error: 'must be an array of statuses' })
      .min(1, { error: 'must have at least one status' })
      .optional(),
    filename: name('must be a name').optional(),
    /** Seconds. */
    duration: range.optional(),
    fps: range.optional(),
    width: range.optional(),
    height: range.optional(),
    /** Bytes. */
    size: range.optional(),
    created_at: dateTime.optional(),
    updated_at: dateTime.optional(),
  }),
);

/** Filters and paging of the assets in an index, without its id. */
export interface ListIndexedAssetsParams extends Omit<z.output<typeof listIndexedAssetsParams>, 'index_id'> {}
