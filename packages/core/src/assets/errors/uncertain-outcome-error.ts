import { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import type { Asset } from '../schema.ts';
import { outlineOf } from './asset-outline.ts';

/** Candidates that are named; the property holds all. */
const NAMED = 10;

/**
 * The whole file was sent and no answer came, and a look at the newest assets could not tell whether
 * an asset was created. Sending again could create, and cost, a second one.
 */
export class UncertainOutcomeError extends TwelveLabsError {
  override readonly name = 'UncertainOutcomeError';
  readonly code = 'uncertain_outcome';
  /** Assets that may be the result of this call. */
  readonly candidates: readonly Asset[];

  constructor(why: string, candidates: readonly Asset[], cause: unknown) {
    const ids = candidates.slice(0, NAMED).map((asset) => asset._id);
    const more = candidates.length > NAMED ? ` and ${candidates.length - NAMED} more` : '';
    const may = ids.length > 0 ? ` It may be one of: ${ids.join(', ')}${more}.` : '';
    super(`The file was sent, but it is not known whether an asset was created: ${why}.${may}`, {
      cause,
      hint: 'Look at the newest assets before you send the file again. With a "create once" key a second run finds the asset by itself.',
    });
    this.candidates = candidates;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), candidates: this.candidates.slice(0, NAMED).map(outlineOf) };
  }
}
