import { type ErrorOptions, TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { excerpt } from '../../text/excerpt.ts';
import type { Analysis } from '../schema.ts';

/**
 * `cut_off`: the answer reached `max_tokens`. `not_json`: a JSON schema was given, and the answer is no JSON.
 * `failed`: the platform reported an error in the middle of its answer.
 */
export type UnusableAnswerReason = 'cut_off' | 'not_json' | 'failed';

const WHAT: Readonly<Record<UnusableAnswerReason, string>> = {
  cut_off: 'The answer was cut off at the maximum length',
  not_json: 'The answer is not JSON, although a schema was given',
  failed: 'The answer ended with an error',
};

const HINTS: Readonly<Record<UnusableAnswerReason, string>> = {
  cut_off: 'Raise max_tokens, or ask for less. With allowPartial, the part that came is the result.',
  not_json: 'Simplify the schema, or lower the temperature. The text is in the error.',
  failed: 'Ask again later. The text that came before is in the error.',
};

/** The platform answered a question about a video, and the answer cannot be used as asked. It was billed. */
export class UnusableAnswerError extends TwelveLabsError {
  override readonly name = 'UnusableAnswerError';
  readonly code = 'unusable_answer';
  readonly reason: UnusableAnswerReason;
  /** All that came. */
  readonly analysis: Analysis;

  /** @param why the platform's own words, when it said why */
  constructor(reason: UnusableAnswerReason, analysis: Analysis, why?: string, options: ErrorOptions = {}) {
    const said = why ? ` (${excerpt(why)})` : '';
    const text = analysis.data === '' ? 'no text came' : `the text begins with "${excerpt(analysis.data)}"`;
    super(`${WHAT[reason]}${said}: ${text}`, { hint: HINTS[reason], ...options });
    this.reason = reason;
    this.analysis = analysis;
  }

  /** With the whole text: it was paid for, and no other call returns it. */
  override toJSON(): Record<string, unknown> {
    const { data, finish_reason, usage } = this.analysis;
    return { ...super.toJSON(), reason: this.reason, text: data, finish_reason, usage };
  }
}
