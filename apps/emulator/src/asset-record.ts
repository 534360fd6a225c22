export type AssetMethod = 'direct' | 'url' | 'multipart';
export type AssetStatus = 'processing' | 'ready' | 'failed';
export type Kind = 'video' | 'audio' | 'image';
type DerivedStatus = 'pending' | 'processing' | 'ready' | 'error';
export type UserMetadata = Record<string, string | number | boolean>;

/** Something made from the file on request: an HLS stream or a thumbnail. */
export interface Derived {
  status: DerivedStatus;
  /** Why there is none. */
  message?: string;
}

/** An asset as it is stored. */
export interface AssetRecord {
  readonly id: string;
  readonly method: AssetMethod;
  readonly filename: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
  /** Where a `url` asset comes from. */
  readonly url: string | null;
  status: AssetStatus;
  file_type: string | null;
  kind: Kind | null;
  /** Bytes. */
  size: number | null;
  /** Seconds. */
  duration: number | null;
  technical_metadata: Record<string, unknown> | null;
  user_metadata: UserMetadata | null;
  error: string | null;
  hls: Derived | null;
  thumbnail: Derived | null;
}
