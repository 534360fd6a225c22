import { createHash } from 'node:crypto';
import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import type { Clip, SearchRecord } from '../store/searches.ts';

/** How long the pages of a search can be retrieved. The API reference says only that they expire. */
export const pagesExpireMs = 3_600_000;

/** The token of a page: the search, the page and a check, so that a token cannot be guessed. */
function pageToken(search: SearchRecord, page: number): string {
  return `${search.id}-${page}-${check(`${search.id} ${page} ${search.created_at}`)}`;
}

/** Takes a token apart. @returns the search and the page that it names, if there are such. */
export function readPageToken(
  { store }: Context,
  token: string,
): { search: SearchRecord; page: number } | undefined {
  const [id = '', number = ''] = token.split('-');
  const search = store.searches.get(id);
  const page = Number(number);
  return search !== undefined && pageToken(search, page) === token ? { search, page } : undefined;
}

function check(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** One page of a search, as searching and retrieving a page answer it. Pages count from 1. */
export function searchPage(
  context: Context,
  search: SearchRecord,
  page: number,
  options: { readonly origin: string; readonly withMetadata: boolean },
): Record<string, unknown> {
  const items =
    search.group_by === 'video' ? [...groups(search.clips).values()] : search.clips.map((clip) => [clip]);
  const from = (page - 1) * search.page_limit;
  const json = (clip: Clip): Record<string, unknown> => clipJson(context, search, clip, options);
  return {
    data: items
      .slice(from, from + search.page_limit)
      .map((clips) =>
        search.group_by === 'video'
          ? { id: clips[0]?.video_id, clips: clips.map(json) }
          : json(clips[0] as Clip),
      ),
    page_info: {
      limit_per_page: search.page_limit,
      page_expires_at: timestamp(search.created_at + pagesExpireMs),
      total_results: items.length,
      ...(search.group_by === 'video' && { total_inner_matches: search.clips.length }),
      ...(from + search.page_limit < items.length && { next_page_token: pageToken(search, page + 1) }),
      ...(page > 1 && { prev_page_token: pageToken(search, page - 1) }),
    },
    search_pool: search.pool,
  };
}

function groups(clips: readonly Clip[]): Map<string, Clip[]> {
  return Map.groupBy(clips, ({ video_id }) => video_id);
}

function clipJson(
  context: Context,
  search: SearchRecord,
  clip: Clip,
  { origin, withMetadata }: { readonly origin: string; readonly withMetadata: boolean },
): Record<string, unknown> {
  const hasThumbnail = context.assets.get(clip.asset_id)?.thumbnail?.status === 'ready';
  return {
    start: clip.start,
    end: clip.end,
    video_id: clip.video_id,
    rank: clip.rank,
    ...(search.thumbnails &&
      hasThumbnail && { thumbnail_url: `${origin}/media/${clip.asset_id}/thumbnail.jpg` }),
    ...(clip.transcription !== null && { transcription: clip.transcription }),
    ...(withMetadata && clip.user_metadata !== null && { user_metadata: clip.user_metadata }),
  };
}
