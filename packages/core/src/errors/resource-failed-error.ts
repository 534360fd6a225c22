import { type Item, outlineOf, reasonOf } from './outline.ts';
import { capitalized, nameOf, type Subject } from './subject.ts';
import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

/** The platform accepted something and could not process it: an asset, an indexed asset or a task has failed. */
export class ResourceFailedError extends TwelveLabsError {
  override readonly name: string = 'ResourceFailedError';
  readonly code: 'resource_failed' | 'asset_failed' = 'resource_failed';
  /** What failed, as the platform sent it. */
  readonly item: Item;
  /** The platform's reason, bounded; not to be parsed. */
  readonly reason: string;

  constructor(subject: Subject, item: Item, options: ErrorOptions = {}) {
    const reason = reasonOf(item) ?? 'the platform gave no reason';
    super(`${capitalized(nameOf(subject))} failed: ${reason}`, options);
    this.item = item;
    this.reason = reason;
    this.about(subject);
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), item: outlineOf(this.item), reason: this.reason };
  }
}
