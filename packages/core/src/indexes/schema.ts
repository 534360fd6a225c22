import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { pageInfo } from '../validation/page-info.ts';
import { id, openEnum } from '../validation/rules.ts';

/**
 * An index as the platform sent it: unknown fields and values pass through untouched. Creating one answers its id only.
 * Source: the published description of `Index`.
 */
export const index = z.lazy(() =>
  z.looseObject({
    _id: id,
    index_name: z.string().nullish(),
    models: listOf(
      z.looseObject({ model_name: z.string().nullish(), model_options: listOf(z.string()).nullish() }),
    ).nullish(),
    addons: listOf(z.string()).nullish(),
    /** Videos in this index. */
    video_count: z.number().nullish(),
    /** Seconds. */
    total_duration: z.number().nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
    expires_at: z.string().nullish(),
  }),
);

/** An index as the platform sent it: more fields than these, and other values, pass through untouched. */
export interface Index extends z.output<typeof index> {}

/** One page of indexes. */
export const indexPage = z.lazy(() => z.looseObject({ data: listOf(index), page_info: pageInfo }));

/** One page of indexes. */
export interface IndexPage extends z.output<typeof indexPage> {}

/** A transcript has more items than a page. */
const many = <T extends z.ZodType>(item: T) => z.array(item).max(1_000_000, { error: 'must be a list' });

/**
 * An asset in an index, as the platform sent it. Its `_id` is what search calls `video_id`; it is not the asset's.
 * Source: the published description of `indexedAssetDetailed`.
 */
export const indexedAsset = z.lazy(() =>
  z.looseObject({
    _id: id,
    asset_id: id.nullish(),
    status: openEnum('pending', 'queued', 'indexing', 'ready', 'failed').nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
    indexed_at: z.string().nullish(),
    system_metadata: z
      .looseObject({
        filename: z.string().nullish(),
        /** Seconds. */
        duration: z.number().nullish(),
        fps: z.number().nullish(),
        width: z.number().nullish(),
        height: z.number().nullish(),
        /** Bytes. */
        size: z.number().nullish(),
      })
      .nullish(),
    user_metadata: z.record(z.string(), z.unknown()).nullish(),
    hls: z.looseObject({ status: z.string().nullish(), video_url: z.string().nullish() }).nullish(),
    /** Only when asked for by `transcription`. */
    transcription: many(
      z.looseObject({ start: z.number().nullish(), end: z.number().nullish(), value: z.string().nullish() }),
    ).nullish(),
    /** Only when asked for by `embedding_option`. */
    embedding: z.looseObject({}).nullish(),
  }),
);

/** An asset in an index: more fields than these, and other values, pass through untouched. */
export interface IndexedAsset extends z.output<typeof indexedAsset> {}

/** One page of the assets in an index. */
export const indexedAssetPage = z.lazy(() =>
  z.looseObject({ data: listOf(indexedAsset), page_info: pageInfo }),
);

/** One page of the assets in an index. */
export interface IndexedAssetPage extends z.output<typeof indexedAssetPage> {}

/** Where an asset is indexed. */
export const indexingPage = z.lazy(() =>
  z.looseObject({
    data: listOf(
      z.looseObject({
        _id: id,
        index: z.looseObject({ _id: id, name: z.string().nullish() }),
      }),
    ),
    page_info: pageInfo,
  }),
);

/** One page of the indexes that an asset is in. */
export interface IndexingPage extends z.output<typeof indexingPage> {}
