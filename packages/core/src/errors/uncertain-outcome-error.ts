import { type Item, outlineOf } from './outline.ts';
import { TwelveLabsError } from './twelvelabs-error.ts';

/** Candidates that the message and the JSON form name; the property has all. */
const NAMED = 10;

/** A thing that may be the result of a call whose answer was lost. */
export interface Candidate extends Item {
  readonly _id: string;
}

export interface UncertainOutcome {
  /** What was sent, as the start of a sentence: `The file was sent`. */
  readonly sent: string;
  /** What may have been created: `an asset`. */
  readonly thing: string;
  /** Why core cannot know. */
  readonly why: string;
  readonly candidates?: readonly Candidate[];
  readonly hint?: string;
  readonly cause: unknown;
}

/**
 * A request that must not be sent twice may have taken effect: no answer came, or one that does not say so, and
 * a search could not decide. The id of what may exist is unknown; sending again could create, and cost, a second one.
 */
export class UncertainOutcomeError extends TwelveLabsError {
  override readonly name = 'UncertainOutcomeError';
  readonly code = 'uncertain_outcome';
  /** Things that may be the result of this call. */
  readonly candidates: readonly Candidate[];
  /** What may have been created: `an asset`. */
  readonly thing: string;

  constructor({ sent, thing, why, candidates = [], hint, cause }: UncertainOutcome) {
    const ids = candidates.slice(0, NAMED).map(({ _id }) => _id);
    const more = candidates.length > NAMED ? ` and ${candidates.length - NAMED} more` : '';
    const may = ids.length > 0 ? ` It may be one of: ${ids.join(', ')}${more}.` : '';
    super(`${sent}, but it is not known whether ${thing} was created: ${why}.${may}`, {
      cause,
      hint: hint ?? `Check whether ${thing} was created before you run this again.`,
    });
    this.candidates = candidates;
    this.thing = thing;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), candidates: this.candidates.slice(0, NAMED).map(outlineOf) };
  }
}
