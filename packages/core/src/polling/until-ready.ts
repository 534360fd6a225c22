import { about } from '../errors/about.ts';
import type { Item } from '../errors/outline.ts';
import { ResourceFailedError } from '../errors/resource-failed-error.ts';
import { nameOf, type Subject } from '../errors/subject.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { isUnknown } from '../http/answer.ts';
import type { CallContext } from '../http/call.ts';
import { poll } from './poll.ts';
import { type PollOptions, WAIT_DEFAULTS } from './wait-options.ts';

/** Something that the platform works on until its status is `ready` or `failed`. */
export interface Pending extends Item {
  readonly status?: string | null | undefined;
}

/** A platform that spreads its data may not know something yet that it has just created. */
export const NOT_THERE_YET_MS = 60_000;

/** What is special about waiting for something. */
export interface ReadyRules<T> {
  /** Whether this call created it: then an unknown id is not an error during the first minute. @default false */
  readonly createdHere?: boolean | undefined;
  /** Throws when it failed. @default its status decides */
  readonly isReady?: (seen: T) => boolean;
  /** What makes a change worth reporting. @default the status */
  readonly state?: (seen: T) => string;
}

/**
 * Reads something until it is ready. Every error records what was waited for.
 * @throws {ResourceFailedError} when it failed; {@link WaitTimeoutError} when it was not ready in time
 */
export function untilReady<T extends Pending>(
  context: CallContext,
  subject: Subject,
  read: (once: CallContext) => Promise<T>,
  options: PollOptions<T>,
  rules: ReadyRules<T> = {},
): Promise<T> {
  const { createdHere = false, isReady = ready(subject), state = ({ status }) => String(status) } = rules;
  const { maxWait = WAIT_DEFAULTS.maxWait, interval = WAIT_DEFAULTS.interval } = options;
  const { maxInterval = WAIT_DEFAULTS.maxInterval, onStatus } = options;
  const wait = () =>
    poll<T, T>(context, {
      what: `Waiting for ${nameOf(subject)}`,
      read,
      survives: (error, elapsed) => createdHere && elapsed < NOT_THERE_YET_MS && isUnknown(error),
      result: (seen) => (isReady(seen) ? seen : undefined),
      pauses: { first: interval, factor: 1.5, longest: maxInterval },
      maxWait,
      timeout: (last, failure) => new WaitTimeoutError(subject, maxWait, last, failure),
      state,
      onChange: onStatus,
    });
  return about(subject, wait);
}

const ready = (subject: Subject) => (seen: Pending) => {
  if (seen.status === 'failed') throw new ResourceFailedError(subject, seen);
  return seen.status === 'ready';
};
