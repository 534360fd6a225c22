import { z } from 'zod/v4';
import { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { ifKnown } from '../http/answer.ts';
import type { CallContext } from '../http/call.ts';
import { type MediaOptions, mediaRules } from '../http/check-files.ts';
import { type IterableOperation, iterableOperation } from '../http/iterable-operation.ts';
import { type Operation, operation } from '../http/operation.ts';
import { callback, flag } from '../validation/rules.ts';
import { getSearchPage, postSearch } from './endpoints.ts';
import { pageParams, SEARCH_FILES, SEARCH_LINKS, searchAllParams, searchParams } from './params.ts';
import { type SearchItem, type SearchPage, searchPage } from './schema.ts';

export interface SearchOptions extends MediaOptions {
  /**
   * Whether to add `asset_id` and `filename` to each clip, looked up once for each video. Where that fails, the clip
   * has `asset_error` instead: the search was billed, so its clips are not lost with the lookup. @default false
   */
  readonly withAssets?: boolean | undefined;
}

export interface SearchAllOptions extends SearchOptions {
  /** The first page of the same query, as `onFirstPage` gave it: the query is not sent, and billed, again. */
  readonly firstPage?: SearchPage | undefined;
  /** Called with the first page, before any of its items is returned. */
  readonly onFirstPage?: ((page: SearchPage) => void) | undefined;
}

const searchRules = () => ({ ...mediaRules, withAssets: flag.optional() });

const searchOptions: z.ZodType<SearchOptions> = z.lazy(() => z.strictObject(searchRules()));

const searchAllOptions: z.ZodType<SearchAllOptions> = z.lazy(() =>
  z.strictObject({
    ...searchRules(),
    firstPage: z
      .custom<SearchPage>((value) => searchPage.safeParse(value).success, {
        error: 'must be a page of a search',
      })
      .optional(),
    onFirstPage: callback<(page: SearchPage) => void>().optional(),
  }),
);

/** The asset of a video. */
export interface VideoAsset {
  readonly asset_id?: string | undefined;
  readonly filename?: string | undefined;
}

interface LookUpFailure {
  readonly asset_error: string;
}

/** What a search needs to know of indexed assets, which are another resource. */
export interface VideosOfSearch {
  assetOf(context: CallContext, index_id: string, video_id: string): Promise<VideoAsset>;
}

export interface SearchOperations {
  readonly search: Operation<SearchPage>;
  readonly retrieveSearchPage: Operation<SearchPage>;
  readonly searchAll: IterableOperation<SearchItem>;
}

/** Searches an index: one page, a further page, or all of them. */
export function searchWith(videos: VideosOfSearch): SearchOperations {
  const finisher = (context: CallContext, index_id: string | undefined, options: SearchOptions) => {
    const lookUp = lookUpOnce(videos, context);
    return async (page: SearchPage): Promise<SearchPage> => {
      if (!options.withAssets) return page;
      const index = index_id ?? page.search_pool?.index_id;
      if (!index)
        throw new UnexpectedResponseError(
          'The page of a search does not name its index: its assets are not known',
        );
      return { ...page, data: await withAssets(page.data, index, lookUp) };
    };
  };
  return {
    search: operation(
      searchParams,
      searchOptions,
      async (context, params, options) =>
        finisher(context, params.index_id, options)(await postSearch.send(context, params)),
      { links: SEARCH_LINKS, files: SEARCH_FILES },
    ),
    retrieveSearchPage: operation(pageParams, searchOptions, async (context, params, options) =>
      finisher(context, undefined, options)(await getSearchPage.send(context, params)),
    ),
    searchAll: iterableOperation(
      searchAllParams,
      searchAllOptions,
      async (context, params, options, emit) => {
        const { limit = Number.POSITIVE_INFINITY, ...query } = params;
        const finish = finisher(context, query.index_id, options);
        const firstPage = options.firstPage ?? (await postSearch.send(context, query));
        options.onFirstPage?.(firstPage);
        let page = await finish(firstPage);
        const tokens = new Set<string>();
        for (let emitted = 0; ; ) {
          for (const item of page.data) {
            await emit(item);
            if (++emitted >= limit) return;
          }
          const page_token = page.page_info?.next_page_token;
          if (!page_token || page.data.length === 0) return;
          // Such a walk would never end.
          if (tokens.has(page_token))
            throw new UnexpectedResponseError('The search led to the same page again');
          tokens.add(page_token);
          const { include_user_metadata } = query;
          page = await finish(await getSearchPage.send(context, { page_token, include_user_metadata }));
        }
      },
      { links: SEARCH_LINKS, files: SEARCH_FILES },
    ),
  };
}

type LookUp = (index_id: string, video_id: string) => Promise<VideoAsset | LookUpFailure | undefined>;

/** Looks up the asset of a video once. A video that has left its index meanwhile has none. */
function lookUpOnce(videos: VideosOfSearch, context: CallContext): LookUp {
  const failureOf = (error: unknown): LookUpFailure => {
    if (context.signal?.aborted || !(error instanceof TwelveLabsError)) throw error;
    return { asset_error: error.message };
  };
  const known = new Map<string, ReturnType<LookUp>>();
  return (index_id, video_id) => {
    const asset =
      known.get(video_id) ?? ifKnown(videos.assetOf(context, index_id, video_id)).catch(failureOf);
    known.set(video_id, asset);
    return asset;
  };
}

function withAssets(items: readonly SearchItem[], index_id: string, lookUp: LookUp): Promise<SearchItem[]> {
  return Promise.all(
    items.map(async (item) => {
      const video_id = item.video_id ?? item.id;
      if (!video_id) return item;
      const asset = await lookUp(index_id, video_id);
      const clips = item.clips?.map((clip) => ({ ...clip, ...asset }));
      return { ...item, ...asset, ...(clips ? { clips } : {}) };
    }),
  );
}
