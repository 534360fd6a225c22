import type { UserMetadata } from '../asset-record.ts';
import type { MediaFacts } from '../media/facts.ts';
import type { Stored } from './records.ts';

/** What an index searches: by pictures, by sound. */
export type ModelOption = 'visual' | 'audio';

export interface IndexRecord extends Stored {
  readonly name: string;
  readonly models: readonly { readonly model_name: string; readonly model_options: readonly ModelOption[] }[];
  readonly addons: readonly string[];
  readonly updated_at: number;
}

/** An asset in an index, its `parent`. It stays when the asset is deleted by force. */
export interface IndexedAssetRecord extends Stored {
  readonly asset_id: string;
  readonly facts: MediaFacts;
  readonly enable_video_stream: boolean;
  readonly user_metadata: UserMetadata | null;
  /** Whether the file meets the requirements; indexing fails if not. */
  readonly fits: boolean;
}
