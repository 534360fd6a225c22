import type { MediaKind } from '../media/kind.ts';
import type { FileSource } from '../ports.ts';

/** A file that was looked at and may be sent. */
export interface PreparedFile {
  readonly source: FileSource;
  /** The name of the asset, and of the part. */
  readonly name: string;
  readonly kind: MediaKind;
  /** Media type. */
  readonly type: string;
  /** Bytes, when known. */
  readonly size: number | undefined;
  /** A source of unknown size is cut off beyond this many bytes. */
  readonly maxSize: number | undefined;
}
