import { excerpt } from '../text/excerpt.ts';
import { TwelveLabsError } from './twelvelabs-error.ts';

export interface ValidationIssue {
  /** The parameter, by the API's own name, with a path where it is nested. */
  readonly field: string;
  /** A stable name of the broken rule: `required`, `length`, `size`, `scheme`… */
  readonly rule: string;
  /** A sentence that states the rule. */
  readonly message: string;
  /** The shape of the offending value (`string of 256 characters`), never the value. */
  readonly received: string;
}

/** Issues that an error keeps; those beyond this number are dropped. */
export const MOST_ISSUES = 100;
/** Issues that the message names. */
const NAMED = 20;
/** Characters of a field's name, and of a rule, that are quoted. */
const LONGEST = 1_000;

/** Rules that say by themselves what came. */
const SELF_EVIDENT = ['required', 'unknown', 'method', 'reserved'];
/** Rules about what a value is, or how long it is: about others, "string of 38 characters" says nothing. */
const ABOUT_SHAPE = ['type', 'length', 'invalid', 'path'];

/** The message of an issue, with what came where that helps: for hosts that name the field in their own way. */
export function problemOf({ rule, message, received }: ValidationIssue): string {
  const isAnyText = /^string of \d+ characters$/.test(received) && !ABOUT_SHAPE.includes(rule);
  return SELF_EVIDENT.includes(rule) || isAnyText ? message : `${message} (got ${received})`;
}

/** Thrown before any byte is sent; contains every problem found (at most 100), not the first. */
export class ValidationError extends TwelveLabsError {
  override readonly name = 'ValidationError';
  readonly code = 'validation';
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[]) {
    // Names and paths that somebody else chose are quoted: they may have any length, and forge a line of a log.
    const bounded = issues.slice(0, MOST_ISSUES).map((issue) => ({
      ...issue,
      field: excerpt(issue.field, LONGEST),
      message: excerpt(issue.message, LONGEST),
      received: excerpt(issue.received, LONGEST),
    }));
    const told = bounded.slice(0, NAMED).map((issue) => `${issue.field}: ${problemOf(issue)}`);
    const more = issues.length > NAMED ? [`and ${issues.length - NAMED} more`] : [];
    super([...told, ...more].join('; '), {
      hint: 'Nothing was sent. Correct the named fields and run again.',
    });
    this.issues = bounded;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
