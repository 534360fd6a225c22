import { ValidationError, type ValidationIssue } from '../errors/validation-error.ts';
import { check } from '../validation/parse.ts';
import type { CallContext } from './call.ts';
import type { RequestOptions } from './request-options.ts';

/** Runs one call: its limits, its cancel and its retries come from its options. */
export interface Connection {
  run<T>(options: RequestOptions, work: (context: CallContext) => Promise<T>): Promise<T>;
}

/**
 * Something that a client can do, as a value: it can be checked without being run, and run with input that nobody has
 * checked yet. Client methods are the same operations with types.
 */
export interface Operation<T> {
  /**
   * All problems of the input. Sends nothing.
   * @param params by the API's names
   * @returns every problem of parameters and options, empty when there is none
   */
  check(params: unknown, options?: unknown): Promise<readonly ValidationIssue[]>;
  /** @throws {ValidationError} with every problem of parameters and options, before anything is sent */
  run(connection: Connection, params: unknown, options?: unknown): Promise<T>;
}

/** A schema: zod's, reduced to what is used here. */
export type Rules<T> = Parameters<typeof check<T>>[0];

/** Input that was checked: all of it is sound, or there are issues. */
export type CheckedInput<P, O> =
  | { readonly issues: readonly ValidationIssue[]; readonly sound?: undefined }
  | { readonly issues: readonly []; readonly sound: { readonly params: P; readonly options: O } };

/** What parameters and options, each sound, have wrong together. */
export type Agreement<P, O> = (params: P, options: O) => readonly ValidationIssue[];

/** Checks parameters and options together, so that all problems come at once. */
export function checkInput<P, O>(
  params: Rules<P>,
  options: Rules<O>,
  given: unknown,
  wanted: unknown = {},
  agreement: Agreement<P, O> = () => [],
): CheckedInput<P, O> {
  const first = check(params, given, 'params');
  const second = check(options, wanted, 'options');
  if (first.issues || second.issues) return { issues: [...(first.issues ?? []), ...(second.issues ?? [])] };
  const issues = agreement(first.data, second.data);
  return issues.length > 0 ? { issues } : { issues: [], sound: { params: first.data, options: second.data } };
}

/** An operation whose checks are its schemas, and how parameters and options agree. */
export function operation<P, O extends RequestOptions, T>(
  params: Rules<P>,
  options: Rules<O>,
  work: (context: CallContext, params: P, options: O) => Promise<T>,
  agreement?: Agreement<P, O>,
): Operation<T> {
  return {
    check: async (given, wanted) => checkInput(params, options, given, wanted, agreement).issues,
    async run(connection, given, wanted) {
      const { issues, sound } = checkInput(params, options, given, wanted, agreement);
      if (!sound) throw new ValidationError(issues);
      return connection.run(sound.options, (context) => work(context, sound.params, sound.options));
    },
  };
}
