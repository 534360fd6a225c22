import type { UserMetadata } from '../asset-record.ts';
import type { Stored } from './records.ts';

export interface Clip {
  readonly video_id: string;
  readonly asset_id: string;
  /** Seconds. */
  readonly start: number;
  readonly end: number;
  /** From 1, the best first. */
  readonly rank: number;
  readonly transcription: string | null;
  readonly user_metadata: UserMetadata | null;
}

/** The results of a search, for its later pages. Its `parent` is the index. */
export interface SearchRecord extends Stored {
  readonly group_by: 'clip' | 'video';
  readonly page_limit: number;
  readonly include_user_metadata: boolean;
  readonly thumbnails: boolean;
  readonly clips: readonly Clip[];
  readonly pool: { readonly total_count: number; readonly total_duration: number; readonly index_id: string };
}
