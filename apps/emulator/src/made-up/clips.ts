import type { SearchRequest } from '../search/request.ts';
import type { IndexedAssetRecord } from '../store/indexes.ts';
import type { Clip } from '../store/searches.ts';
import { spans } from './spans.ts';
import { madeUpSpeech } from './speech.ts';
import { knownText, words } from './words.ts';

/** Seconds of a clip, and how many one video and one search have at most. */
const clipLength = 6;
const clipsOfVideo = 100;
const clipsOfSearch = 1000;

/**
 * The clips that a search finds: of the videos whose name or metadata has a word of the query, those with the most
 * of them first. An entity is in every video. All parts of such a video match, since nothing is known of what they
 * show.
 */
export function madeUpClips(
  videos: readonly IndexedAssetRecord[],
  query: { readonly text: string; readonly hasEntity: boolean },
  request: Pick<SearchRequest, 'search_options' | 'operator'>,
): Clip[] {
  const wanted = new Set(words(query.text));
  return videos
    .filter((video) => hasModalities(video, request))
    .map((video) => ({ video, score: scoreOf(video, wanted) + Number(query.hasEntity) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, two) => two.score - one.score)
    .flatMap(({ video }) => clipsOf(video))
    .slice(0, clipsOfSearch)
    .map((clip, index) => ({ ...clip, rank: index + 1 }));
}

function hasModalities(
  { facts }: IndexedAssetRecord,
  { search_options, operator }: Pick<SearchRequest, 'search_options' | 'operator'>,
): boolean {
  const has = (option: string): boolean =>
    option === 'visual' ? facts.kind === 'video' : facts.hasAudio || facts.kind === 'audio';
  return operator === 'and' ? search_options.every(has) : search_options.some(has);
}

function scoreOf({ facts, user_metadata }: IndexedAssetRecord, wanted: ReadonlySet<string>): number {
  return new Set(words(knownText(facts, user_metadata)).filter((word) => wanted.has(word))).size;
}

function clipsOf({ id, asset_id, facts, user_metadata }: IndexedAssetRecord): Omit<Clip, 'rank'>[] {
  return spans({ start: 0, end: facts.duration ?? 0 }, clipLength)
    .slice(0, clipsOfVideo)
    .map((span) => ({
      ...span,
      video_id: id,
      asset_id,
      transcription: madeUpSpeech(facts, span),
      user_metadata,
    }));
}
