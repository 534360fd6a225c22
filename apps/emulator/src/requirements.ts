import { formatBytes, GiB, MiB } from './bytes.ts';
import { type ErrorCode, PlatformError } from './errors.ts';
import type { MediaFacts } from './media/facts.ts';

interface Requirement {
  readonly kinds: readonly MediaFacts['kind'][];
  /** Seconds. */
  readonly minDuration?: number;
  readonly maxDuration?: number;
  /** Bytes. */
  readonly maxSize?: number;
}

/**
 * What each endpoint requires of a file. Source: "Input requirements" of each endpoint in the API reference. Indexing
 * is described on the pages of its models only: it gets the row of the asynchronous embeddings, which use the same one.
 */
const requirements = {
  analyze: { kinds: ['video'], minDuration: 4, maxDuration: 3600 },
  analyzeTask: { kinds: ['video'], minDuration: 4, maxDuration: 2 * 3600 },
  index: { kinds: ['video', 'audio'], minDuration: 4, maxDuration: 4 * 3600, maxSize: 4 * GiB },
  embed: { kinds: ['video', 'audio'], maxDuration: 600 },
  embedTask: { kinds: ['video', 'audio'], minDuration: 4, maxDuration: 4 * 3600, maxSize: 4 * GiB },
  image: { kinds: ['image'], maxSize: 32 * MiB },
} as const satisfies Record<string, Requirement>;

export type RequirementName = keyof typeof requirements;

/** Width and height in pixels of a video, longer side first. Source: as above. */
const resolution = { min: 360, maxLong: 5184, maxShort: 2160, maxRatio: 2.4 };
/** Least width and height in pixels of an image. Source: "Create embeddings". */
const imageMin = 128;

/**
 * Checks what was probed of a file.
 *
 * @returns the first requirement that it misses, as the error that the platform answers; undefined if none.
 */
export function missedRequirement(facts: MediaFacts, name: RequirementName): PlatformError | undefined {
  const requirement: Requirement = requirements[name];
  const miss = (code: ErrorCode, message: string): PlatformError => new PlatformError(400, code, message);
  const { kind, duration, size } = facts;
  if (!requirement.kinds.includes(kind)) {
    return miss(
      'parameter_invalid',
      `The file is of type ${kind}; this needs ${requirement.kinds.join(' or ')}.`,
    );
  }
  if (requirement.minDuration !== undefined && (duration ?? 0) < requirement.minDuration) {
    return miss(
      'video_duration_too_short',
      `The duration is too short: ${duration ?? 0} seconds. It must be at least ${requirement.minDuration} seconds.`,
    );
  }
  if (requirement.maxDuration !== undefined && (duration ?? 0) > requirement.maxDuration) {
    return miss(
      'video_duration_too_long',
      `The duration is too long: ${duration} seconds. It must be at most ${requirement.maxDuration} seconds.`,
    );
  }
  if (requirement.maxSize !== undefined && size > requirement.maxSize) {
    return miss(
      'video_filesize_too_large',
      `The file has ${formatBytes(size)}. It may have up to ${formatBytes(requirement.maxSize)}.`,
    );
  }
  return missedResolution(facts);
}

function missedResolution({ kind, width, height }: MediaFacts): PlatformError | undefined {
  if (width === null || height === null || kind === 'audio') return undefined;
  const current = `Current resolution is ${width}x${height}.`;
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (kind === 'image') {
    return short >= imageMin
      ? undefined
      : new PlatformError(
          400,
          'parameter_invalid',
          `The image must have at least ${imageMin}x${imageMin}. ${current}`,
        );
  }
  const range = `${resolution.min}x${resolution.min} and ${resolution.maxLong}x${resolution.maxShort}`;
  if (short < resolution.min) {
    return new PlatformError(
      400,
      'video_resolution_too_low',
      `The resolution of the video is too low. Please upload a video with resolution between ${range}. ${current}`,
    );
  }
  if (long > resolution.maxLong || short > resolution.maxShort) {
    return new PlatformError(
      400,
      'video_resolution_too_high',
      `The resolution of the video is too high. Please upload a video with resolution between ${range}. ${current}`,
    );
  }
  if (long / short > resolution.maxRatio) {
    return new PlatformError(
      400,
      'video_resolution_invalid_aspect_ratio',
      `The aspect ratio of the video must be between 1:1 and ${resolution.maxRatio}:1, in either direction. ${current}`,
    );
  }
  return undefined;
}
