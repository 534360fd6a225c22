import { ValidationError, type ValidationIssue } from '../errors/validation-error.ts';
import { jsonIssues } from '../validation/json.ts';
import { check } from '../validation/parse.ts';
import { type CallContext, readLimits } from './call.ts';
import { type FileRule, inspectFiles } from './check-files.ts';
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
   * Reports all problems of the input. Sends nothing. Reads the first bytes of files that can be read more than once.
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
  | {
      readonly issues: readonly ValidationIssue[];
      readonly sound?: undefined;
      readonly options: O | undefined;
    }
  | {
      readonly issues: readonly [];
      readonly sound: { readonly params: P; readonly options: O };
      readonly options?: undefined;
    };

/** What parameters and options, each sound, have wrong together. */
export type Agreement<P, O> = (params: P, options: O) => readonly ValidationIssue[];

/** The rules for the input of an operation. */
export interface InputRules<P, O> {
  readonly params: Rules<P>;
  readonly options: Rules<O>;
  readonly agreement?: Agreement<P, O> | undefined;
  /** Where the parameters have media URLs that the platform fetches: see `linkIssues`. */
  readonly links?: readonly string[] | undefined;
  /** Where the parameters have files: see `inspectFiles`. */
  readonly files?: readonly FileRule[] | undefined;
}

/** What an operation adds to its two schemas. */
export type MoreRules<P, O> = Pick<InputRules<P, O>, 'agreement' | 'links' | 'files'>;

/** Checks parameters and options together, so that all problems come at once. Files are not read. */
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
    return { issues: [...(first.issues ?? []), ...inLinks, ...(second.issues ?? [])], options: second.data };
  const issues = [...inLinks, ...jsonIssues(first.data), ...(agreement?.(first.data, second.data) ?? [])];
  return issues.length > 0
    ? { issues, options: second.data }
    : { issues: [], sound: { params: first.data, options: second.data } };
}

/** Every problem of an input, its files included. */
export async function inputIssues<P, O extends RequestOptions>(
  rules: InputRules<P, O>,
  given: unknown,
  wanted: unknown,
  connection?: Connection,
): Promise<readonly ValidationIssue[]> {
  const checked = checkInput(rules, given, wanted, connection?.baseUrl);
  const options = checked.sound?.options ?? checked.options;
  const { files = [] } = rules;
  const inspect = async (context?: CallContext) => {
    const limits = context ? readLimits(context) : {};
    try {
      const inspected = await inspectFiles(files, given, wanted, limits, ({ oneShot = false }) => oneShot);
      await inspected.close();
      return [...checked.issues, ...inspected.issues];
    } catch (error) {
      // A file that cannot be read must not hide what is wrong otherwise.
      if (checked.issues.length > 0) return checked.issues;
      throw error;
    }
  };
  return files.length > 0 && options && connection ? connection.run(options, inspect) : inspect();
}

/**
 * Runs work with input that was checked, under the limits of its options.
 * @throws {ValidationError} with every problem, before the work starts
 */
export async function withInput<P, O extends RequestOptions, T>(
  rules: InputRules<P, O>,
  connection: Connection,
  given: unknown,
  wanted: unknown,
  work: (context: CallContext, params: P, options: O) => Promise<T>,
): Promise<T> {
  const { sound } = checkInput(rules, given, wanted, connection.baseUrl);
  if (!sound) throw new ValidationError(await inputIssues(rules, given, wanted, connection));
  const { params, options } = sound;
  return connection.run(options, async (context) => {
    const inspected = await inspectFiles(rules.files ?? [], params, options, readLimits(context));
    try {
      if (inspected.issues.length > 0) throw new ValidationError(inspected.issues);
      return await work(context, inspected.params, options);
    } finally {
      await inspected.close();
    }
  });
}

/** An operation whose checks are its schemas, its media, and how parameters and options agree. */
export function operation<P, O extends RequestOptions, T>(
  params: Rules<P>,
  options: Rules<O>,
  work: (context: CallContext, params: P, options: O) => Promise<T>,
  more: MoreRules<P, O> = {},
): Operation<T> {
  const rules = { params, options, ...more };
  return {
    check: (given, wanted, connection) => inputIssues(rules, given, wanted, connection),
    run: (connection, given, wanted) => withInput(rules, connection, given, wanted, work),
  };
}
