import type { MediaKind } from '../media/kind.ts';
import type { FileSource } from '../ports.ts';

/** A file that was inspected and may be sent. */
export interface PreparedFile {
  readonly source: FileSource;
  /** The name of the asset, and of the part. */
  readonly name: string;
  /** `undefined` when nobody can tell; only the platform can judge such a file. */
  readonly kind: MediaKind | undefined;
  /** Media type. */
  readonly type: string;
  /** Bytes, when known. */
  readonly size: number | undefined;
  /** A source of unknown size is cut off beyond this many bytes. */
  readonly maxSize: number | undefined;
}
