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

/** Issues that the message tells; the property holds all. */
const NAMED = 20;

/** Thrown before any byte is sent; holds every problem found, not the first. */
export class ValidationError extends TwelveLabsError {
  override readonly name = 'ValidationError';
  readonly code = 'validation';
  readonly issues: readonly ValidationIssue[];

  constructor(issues: readonly ValidationIssue[]) {
    const told = issues
      .slice(0, NAMED)
      .map(({ field, message, received }) => `${field}: ${message} (got ${received})`);
    const more = issues.length > NAMED ? [`and ${issues.length - NAMED} more`] : [];
    super([...told, ...more].join('; '), {
      hint: 'Nothing was sent. Correct the named fields and run again.',
    });
    this.issues = issues;
  }

  override toJSON(): Record<string, unknown> {
    return { ...super.toJSON(), issues: this.issues };
  }
}
