import type { MediaKind } from '../media/kind.ts';

export type Route = 'direct' | 'url' | 'multipart';

export interface SizeLimit {
  readonly route: Route;
  readonly kinds: readonly MediaKind[];
  /** Bytes. */
  readonly bytes: number;
  readonly source: string;
}

/** "MB" is read as MiB, so that a local check never refuses what the platform would take. */
const MiB = 1024 ** 2;
const GiB = 1024 ** 3;

const DOCUMENT = '"Create an asset", upload limits';
const NEWER = 'published API description of 2026-07, multipart uploads';

/** Every size limit, each with its source. They move: this table is the only place that holds them. */
export const SIZE_LIMITS: readonly SizeLimit[] = [
  { route: 'direct', kinds: ['video', 'audio'], bytes: 200 * MiB, source: DOCUMENT },
  { route: 'direct', kinds: ['image'], bytes: 5 * MiB, source: DOCUMENT },
  { route: 'url', kinds: ['video', 'audio'], bytes: 4 * GiB, source: DOCUMENT },
  { route: 'url', kinds: ['image'], bytes: 5 * MiB, source: DOCUMENT },
  { route: 'multipart', kinds: ['video', 'audio'], bytes: 10 * GiB, source: NEWER },
  { route: 'multipart', kinds: ['image'], bytes: 32 * MiB, source: NEWER },
];

export function sizeLimit(route: Route, kind: MediaKind): SizeLimit {
  const row = SIZE_LIMITS.find((limit) => limit.route === route && limit.kinds.includes(kind));
  if (!row) throw new Error(`no size limit for ${route} ${kind}`);
  return row;
}
