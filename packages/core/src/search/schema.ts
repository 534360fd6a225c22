import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { id } from '../validation/rules.ts';

const found = () => ({
  /** Seconds. */
  start: z.number().nullish(),
  end: z.number().nullish(),
  /** Id of the indexed asset; it is not the asset's. */
  video_id: id.nullish(),
  /** From 1, the best one first. There is no score. */
  rank: z.number().nullish(),
  thumbnail_url: z.string().nullish(),
  /** What is spoken there. */
  transcription: z.string().nullish(),
  user_metadata: z.record(z.string(), z.unknown()).nullish(),
  /** The asset, added by the option `withAssets`. */
  asset_id: z.string().nullish(),
  filename: z.string().nullish(),
  /** Why the asset could not be looked up. */
  asset_error: z.string().nullish(),
});

const clip = z.lazy(() => z.looseObject(found()));

/** A clip that matches: more fields than these, and other values, pass through untouched. */
export interface SearchClip extends z.output<typeof clip> {}

/** A clip that matches; with `group_by: "video"` a video, with its clips. Source: the published `SearchItem`. */
export const searchItem = z.lazy(() =>
  z.looseObject({
    ...found(),
    /** Of a video: the id of the indexed asset. */
    id: id.nullish(),
    clips: listOf(clip).nullish(),
  }),
);

/** A clip that matches; with `group_by: "video"` a video, with its clips. */
export interface SearchItem extends z.output<typeof searchItem> {}

/** One page of what was found. */
export const searchPage = z.lazy(() =>
  z.looseObject({
    data: listOf(searchItem),
    page_info: z
      .looseObject({
        limit_per_page: z.number().nullish(),
        total_results: z.number().nullish(),
        /** Missing on the last page. */
        next_page_token: z.string().nullish(),
        /** RFC 3339. */
        page_expires_at: z.string().nullish(),
      })
      .nullish(),
    search_pool: z
      .looseObject({
        index_id: id.nullish(),
        total_count: z.number().nullish(),
        total_duration: z.number().nullish(),
      })
      .nullish(),
  }),
);

/** One page of what was found. */
export interface SearchPage extends z.output<typeof searchPage> {}
