import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/**
 * `idle`: no byte moved for the limit. `total`: the caller's limit for the whole call.
 * `wait`: the asset was not ready in time.
 */
export type TimeoutKind = 'idle' | 'total' | 'wait';

/** A time limit ran out. */
export class TimeoutError extends TwelveLabsError {
  override readonly name: string = 'TimeoutError';
  readonly code = 'timeout';
  readonly kind: TimeoutKind;
  /** Milliseconds. */
  readonly limit: number;

  constructor(message: string, kind: TimeoutKind, limit: number, options: ErrorOptions = {}) {
    super(message, options);
    this.kind = kind;
    this.limit = limit;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), kind: this.kind, limit: this.limit };
  }
}
