import type { UserMetadata } from '../asset-record.ts';
import type { Stored } from './records.ts';

export interface CollectionRecord extends Stored {
  readonly name: string;
  readonly description: string | null;
  readonly updated_at: number;
}

/** A person or a thing to search for; its `parent` is the collection. */
export interface EntityRecord extends Stored {
  readonly name: string;
  readonly description: string | null;
  readonly metadata: UserMetadata | null;
  readonly asset_ids: readonly string[];
  readonly updated_at: number;
  /** When its images changed last; it is `processing` for a while from then on. */
  readonly processed_from: number;
}
