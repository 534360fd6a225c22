import { excerpt } from '../text/excerpt.ts';
import { formatDuration } from '../text/format-duration.ts';
import { type Item, outlineOf } from './outline.ts';
import { capitalized, nameOf, type Subject } from './subject.ts';
import { TimeoutError } from './timeout-error.ts';

/** Something exists on the platform, but was not ready within the time limit of the wait; waiting again is free. */
export class WaitTimeoutError extends TimeoutError {
  override readonly name = 'WaitTimeoutError';
  /** What was waited for, as it was last seen; missing when no request succeeded. */
  readonly last: Item | undefined;

  /** @param limit milliseconds */
  constructor(subject: Subject, limit: number, last?: Item, cause?: unknown) {
    const { status } = last ?? {};
    const seen = typeof status === 'string' ? `, last seen as "${excerpt(status, 40)}"` : '';
    const failing = cause instanceof Error ? `; the last request failed: ${cause.message}` : '';
    super(
      `${capitalized(nameOf(subject))} was not ready after ${formatDuration(limit)}${seen}${failing}`,
      'wait',
      limit,
      {
        cause,
        hint: `The ${nameOf(subject)} exists: wait for it again with a longer limit instead of creating it again.`,
      },
    );
    this.last = last;
    this.about(subject);
  }

  /** The asset that was waited for, as it was last seen. */
  get asset(): Item | undefined {
    return this.resource === 'asset' ? this.last : undefined;
  }

  override toJSON(): Record<string, unknown> {
    const key = this.resource === 'asset' ? 'asset' : 'last';
    return { ...super.toJSON(), ...(this.last ? { [key]: outlineOf(this.last) } : {}) };
  }
}
