import { formatBytes } from '../text/format-bytes.ts';
import { formatSeconds } from '../text/format-seconds.ts';
import type { AssetFacts } from './asset-facts.ts';
import type { EndpointRequirements, Requirements } from './requirements.ts';

/** One requirement held against one asset. */
export interface RequirementCheck {
  readonly requirement:
    | 'requirements'
    | 'status'
    | 'kind'
    | 'duration'
    | 'resolution'
    | 'aspect_ratio'
    | 'size'
    | 'format';
  readonly outcome: 'met' | 'missed' | 'unknown';
  /** In words, with numbers. */
  readonly required: string;
  /** In words; left out when the asset does not tell. */
  readonly actual?: string;
  /** Where the requirement is stated. */
  readonly source: string;
  /** The endpoint that requires it; left out when all of the workflow's do. */
  readonly endpoint?: string;
  readonly mode?: 'synchronous' | 'asynchronous';
}

type Finding = Pick<RequirementCheck, 'requirement' | 'outcome' | 'required' | 'actual'>;

/** Everything that one endpoint asks, held against the facts. */
export function checkEndpoint(row: EndpointRequirements, facts: AssetFacts): RequirementCheck[] {
  const { endpoint, mode, source } = row;
  return findings(row, facts).map((finding) => ({ ...finding, endpoint, mode, source }));
}

function findings({ kinds }: EndpointRequirements, facts: AssetFacts): Finding[] {
  const { kind } = facts;
  const taken = Object.keys(kinds).join(' or ');
  if (!kind) return [finding('kind', undefined, taken, facts.type)];
  const asked = kinds[kind];
  if (!asked) return [finding('kind', false, taken, kind)];
  return [
    finding('kind', true, taken, kind),
    ...duration(asked, facts),
    ...resolution(asked, facts),
    ...aspectRatio(asked, facts),
    ...size(asked, facts),
    ...format(asked, facts),
  ];
}

function finding(
  requirement: Finding['requirement'],
  holds: boolean | undefined,
  required: string,
  actual: string | undefined,
): Finding {
  const outcome = holds === undefined ? 'unknown' : holds ? 'met' : 'missed';
  return { requirement, outcome, required, ...(actual === undefined ? {} : { actual }) };
}

function duration({ duration: asked }: Requirements, { duration: actual }: AssetFacts): Finding[] {
  if (!asked) return [];
  const { min = 0, max = Number.POSITIVE_INFINITY } = asked;
  const required = min > 0 ? `${formatSeconds(min)} to ${formatSeconds(max)}` : `up to ${formatSeconds(max)}`;
  if (actual === undefined) return [finding('duration', undefined, required, undefined)];
  return [finding('duration', actual >= min && actual <= max, required, formatSeconds(actual))];
}

function resolution({ resolution: asked }: Requirements, { resolution: actual }: AssetFacts): Finding[] {
  if (!asked) return [];
  const [minWidth, minHeight] = asked.min ?? [0, 0];
  const [maxWidth, maxHeight] = asked.max ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const pixels = (size: readonly [number, number]) => size.join('x');
  const required =
    asked.min && asked.max
      ? `${pixels(asked.min)} to ${pixels(asked.max)}`
      : `at least ${minWidth}x${minHeight}`;
  if (!actual) return [finding('resolution', undefined, required, undefined)];
  const [width, height] = actual;
  const within = (w: number, h: number) => w >= minWidth && h >= minHeight && w <= maxWidth && h <= maxHeight;
  if (within(width, height)) return [finding('resolution', true, required, pixels(actual))];
  // The source does not say whether an upright picture is held against the limits turned by 90°.
  return within(height, width)
    ? [finding('resolution', undefined, required, `${pixels(actual)}, within only when turned`)]
    : [finding('resolution', false, required, pixels(actual))];
}

function aspectRatio({ aspectRatio: asked }: Requirements, { resolution: actual }: AssetFacts): Finding[] {
  if (!asked) return [];
  const required = `between 1:1 and 1:${asked}, or ${asked}:1 and 1:1`;
  if (!actual) return [finding('aspect_ratio', undefined, required, undefined)];
  const [width, height] = actual;
  const ratio = (long: number, short: number) => Number((long / short).toFixed(3));
  const said = width >= height ? `${ratio(width, height)}:1` : `1:${ratio(height, width)}`;
  return [
    finding('aspect_ratio', Math.max(width, height) <= asked * Math.min(width, height), required, said),
  ];
}

function size({ size: asked }: Requirements, { size: actual }: AssetFacts): Finding[] {
  if (!asked) return [];
  const { max, undisputed = max } = asked;
  const required = `up to ${formatBytes(max)}${undisputed < max ? `; sources disagree above ${formatBytes(undisputed)}` : ''}`;
  if (actual === undefined) return [finding('size', undefined, required, undefined)];
  const holds = actual <= undisputed ? true : actual > max ? false : undefined;
  return [finding('size', holds, required, formatBytes(actual))];
}

function format({ format: asked }: Requirements, facts: AssetFacts): Finding[] {
  if (!asked) return [];
  const inferred = asked.inferred ? ' (as stated for the synchronous endpoint)' : '';
  if (asked.of === 'ffmpeg') {
    // The platform names the container once its own prober, FFmpeg by the names it gives, could read the file.
    return [
      finding(
        'format',
        facts.container ? true : undefined,
        `a format that FFmpeg reads${inferred}`,
        facts.container ?? facts.type,
      ),
    ];
  }
  const required = `${asked.of.join(', ')}${inferred}`;
  if (facts.audioFormat)
    return [finding('format', asked.of.includes(facts.audioFormat), required, facts.audioFormat)];
  const actual = facts.type ?? facts.container;
  return [finding('format', actual && !asked.inferred ? false : undefined, required, actual)];
}
