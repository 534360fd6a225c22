import { ValidationError, type ValidationIssue } from '../errors/validation-error.ts';
import { jsonIssues } from '../validation/json.ts';
import { check } from '../validation/parse.ts';
import type { CallContext } from './call.ts';
import { linkIssues } from './check-links.ts';
import type { RequestOptions } from './request-options.ts';

/** Runs one call: its limits, its cancel and its retries come from its options. */
export interface Connection {
  readonly baseUrl: string;
  run<T>(options: RequestOptions, work: (context: CallContext) => Promise<T>): Promise<T>;
}

/** Something whose input can be checked without running it. */
export interface Checkable {
  /**
   * Reports all problems of the input. Sends nothing.
   * @param params by the API's names
   * @param connection what the call would use; without it, addresses that the platform cannot reach are not reported, and
   *   reading a file has no time limit
   * @returns every problem of parameters and options, empty when there is none
   */
  check(params: unknown, options?: unknown, connection?: Connection): Promise<readonly ValidationIssue[]>;
}

/**
 * Something that a client can do, as a value: it can be checked without being run, and run with input that nobody has
 * checked yet. Client methods are the same operations with types.
 */
export interface Operation<T> extends Checkable {
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

/** The rules for the input of an operation. */
export interface InputRules<P, O> {
  readonly params: Rules<P>;
  readonly options: Rules<O>;
  readonly agreement?: Agreement<P, O> | undefined;
  /** Where the parameters have media URLs that the platform fetches: see `linkIssues`. */
  readonly links?: readonly string[] | undefined;
}

/** What an operation adds to its two schemas. */
export type MoreRules<P, O> = Pick<InputRules<P, O>, 'agreement' | 'links'>;

/** Checks parameters and options together, so that all problems come at once. */
export function checkInput<P, O>(
  { params, options, agreement, links = [] }: InputRules<P, O>,
  given: unknown,
  wanted: unknown = {},
  baseUrl?: string,
): CheckedInput<P, O> {
  const first = check(params, given, 'params');
  const second = check(options, wanted, 'options');
  const inLinks = linkIssues(links, given, wanted, baseUrl, !first.issues);
  if (first.issues || second.issues)
    return { issues: [...(first.issues ?? []), ...inLinks, ...(second.issues ?? [])] };
  const issues = [...inLinks, ...jsonIssues(first.data), ...(agreement?.(first.data, second.data) ?? [])];
  return issues.length > 0 ? { issues } : { issues: [], sound: { params: first.data, options: second.data } };
}

/** An operation whose checks are its schemas, its media URLs, and how parameters and options agree. */
export function operation<P, O extends RequestOptions, T>(
  params: Rules<P>,
  options: Rules<O>,
  work: (context: CallContext, params: P, options: O) => Promise<T>,
  more: MoreRules<P, O> = {},
): Operation<T> {
  const rules = { params, options, ...more };
  return {
    check: async (given, wanted, connection) => checkInput(rules, given, wanted, connection?.baseUrl).issues,
    async run(connection, given, wanted) {
      const { issues, sound } = checkInput(rules, given, wanted, connection.baseUrl);
      if (!sound) throw new ValidationError(issues);
      return connection.run(sound.options, (context) => work(context, sound.params, sound.options));
    },
  };
}
