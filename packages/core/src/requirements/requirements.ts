import type { MediaKind } from '../media/kind.ts';

/** What an asset can be made for. */
export const USE_CASES = ['search', 'analysis', 'entity_search', 'embeddings'] as const;

export type UseCase = (typeof USE_CASES)[number];

/** Both ends belong to the range. */
interface Range {
  readonly min?: number;
  readonly max?: number;
}

interface Resolution {
  /** Pixels. */
  readonly min?: readonly [width: number, height: number];
  readonly max?: readonly [width: number, height: number];
}

/** What one endpoint asks of one kind of media. What is left out is not asked for. */
export interface Requirements {
  /** Seconds. */
  readonly duration?: Range;
  readonly resolution?: Resolution;
  /** The longer side by the shorter one, at most; the other way round is allowed alike. */
  readonly aspectRatio?: number;
  /** Bytes. Sources that disagree leave what lies between `undisputed` and `max` unknown. */
  readonly size?: { readonly max: number; readonly undisputed?: number };
  /** `inferred`: stated for the endpoint's synchronous twin, not for this one; another format is unknown, not missed. */
  readonly format?: { readonly of: 'ffmpeg' | readonly AudioFormat[]; readonly inferred?: true };
}

export type AudioFormat = 'WAV' | 'MP3' | 'FLAC';

export interface EndpointRequirements {
  readonly workflow: UseCase;
  readonly endpoint: string;
  readonly mode: 'synchronous' | 'asynchronous';
  readonly source: string;
  /** A kind that is not here is not taken. */
  readonly kinds: Readonly<Partial<Record<MediaKind, Requirements>>>;
}

/** "MB" is read as MiB here as well: see the limits of an upload. */
const MiB = 1024 ** 2;
const GiB = 1024 ** 3;
const MINUTE = 60;
const HOUR = 60 * MINUTE;

const DOCS = 'https://docs.twelvelabs.io/v1.3/docs/concepts/models';
const described = (call: string) => `published API description of 2026-07, ${call}`;

const PICTURE: Requirements = { resolution: { min: [360, 360], max: [5184, 2160] }, aspectRatio: 2.4 };
const AUDIO_FORMATS = ['WAV', 'MP3', 'FLAC'] as const;

/**
 * What is known of the endpoints that take an asset further, each row with its source. They move: this table is the
 * only place that holds them. Creating an asset enforces none of them.
 */
export const ENDPOINT_REQUIREMENTS: readonly EndpointRequirements[] = [
  {
    workflow: 'analysis',
    endpoint: '/analyze',
    mode: 'synchronous',
    source: described('POST /analyze'),
    kinds: { video: { ...PICTURE, duration: { min: 4, max: HOUR }, format: { of: 'ffmpeg' } } },
  },
  {
    workflow: 'analysis',
    endpoint: '/analyze/tasks',
    mode: 'asynchronous',
    source: described('POST /analyze/tasks'),
    kinds: { video: { ...PICTURE, duration: { min: 4, max: 2 * HOUR }, format: { of: 'ffmpeg' } } },
  },
  {
    workflow: 'embeddings',
    endpoint: '/embed-v2',
    mode: 'synchronous',
    source: described('POST /embed-v2'),
    kinds: {
      video: { ...PICTURE, duration: { max: 10 * MINUTE }, format: { of: 'ffmpeg' } },
      audio: { duration: { max: 10 * MINUTE }, format: { of: AUDIO_FORMATS } },
      // 5 MB is what "Create an asset" states for any image; the newer description takes 32 MB.
      image: { resolution: { min: [128, 128] }, size: { max: 32 * MiB, undisputed: 5 * MiB } },
    },
  },
  {
    workflow: 'embeddings',
    endpoint: '/embed-v2/tasks',
    mode: 'asynchronous',
    source: described('POST /embed-v2/tasks'),
    kinds: {
      video: {
        ...PICTURE,
        duration: { min: 4, max: 4 * HOUR },
        size: { max: 4 * GiB },
        format: { of: 'ffmpeg', inferred: true },
      },
      audio: {
        duration: { min: 4, max: 4 * HOUR },
        size: { max: 4 * GiB },
        format: { of: AUDIO_FORMATS, inferred: true },
      },
    },
  },
];

/**
 * The platform's own pages. Those of search and entity search are all there is: their numbers could not be read.
 * Source: "Create an asset", additional requirements.
 */
export const REQUIREMENT_PAGES: Readonly<Record<UseCase, string>> = {
  search: `${DOCS}/marengo#video-file-requirements`,
  analysis: `${DOCS}/pegasus#input-requirements`,
  entity_search: `${DOCS}/marengo#image-file-requirements`,
  embeddings: `${DOCS}/marengo#input-requirements`,
};
