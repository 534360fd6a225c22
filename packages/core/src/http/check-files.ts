import { z } from 'zod/v4';
import type { ValidationIssue } from '../errors/validation-error.ts';
import { limited, type ReadLimits } from '../files/limited.ts';
import { peek } from '../files/source.ts';
import { contentProblems } from '../media/content-problems.ts';
import { detectMedia } from '../media/detect.ts';
import { HEAD_BYTES } from '../media/head.ts';
import type { MediaKind } from '../media/kind.ts';
import { isFileSource } from '../validation/file-source.ts';
import { flag } from '../validation/rules.ts';
import { type LinkOptions, linkRules, valuesAt } from './check-links.ts';

/** Options of a call that sends files and URLs of media. */
export interface MediaOptions extends LinkOptions {
  /**
   * Whether to refuse a file that is certainly not what it has to be: no media, or of another kind.
   * @default true
   */
  readonly checkContent?: boolean | undefined;
}

/** Their rules, for options that have more than these. */
export const mediaRules = { ...linkRules, checkContent: flag.optional() };

export const mediaOptions: z.ZodType<MediaOptions> = z.lazy(() => z.strictObject(mediaRules));

/** Where parameters have files, as a path like those of `linkIssues`, and what these may be. */
export interface FileRule {
  readonly path: string;
  readonly kinds: readonly MediaKind[];
}

interface Inspected<P> {
  readonly issues: readonly ValidationIssue[];
  /** The parameters with files whose first bytes were read, and which are read under the limits. */
  readonly params: P;
  /** Closes streams that were begun and are not sent. */
  close(): Promise<void>;
}

/**
 * Reads the first bytes of the files that a call sends, and reports those that cannot be what they have to be.
 * @param options of the call, checked or not
 * @param skips whether to leave out a file: one that can be read once only must not be read for a mere check
 */
export async function inspectFiles<P>(
  rules: readonly FileRule[],
  params: P,
  options: unknown,
  limits: ReadLimits,
  skips: (file: { readonly oneShot?: boolean | undefined }) => boolean = () => false,
): Promise<Inspected<P>> {
  // Also where another option is wrong.
  const checkContent = (options as MediaOptions | null | undefined)?.checkContent !== false;
  const issues: ValidationIssue[] = [];
  const closing: (() => Promise<void>)[] = [];
  let inspected: unknown = params;
  const close = async () => {
    for (const each of closing) await each();
  };
  try {
    for (const { path, kinds } of rules)
      for (const [field, given] of valuesAt(params, path.split('.'))) {
        if (!isFileSource(given) || skips(given)) continue;
        const peeked = await peek(limited(given, limits), HEAD_BYTES);
        closing.push(peeked.close);
        const { size, name, type } = peeked.file;
        const verdict = detectMedia({ head: peeked.head.subarray(0, HEAD_BYTES), names: [name], type });
        issues.push(...contentProblems(field, size, verdict, { checkContent, kinds }));
        inspected = replaced(inspected, field.split('.'), peeked.file);
      }
  } catch (error) {
    await close();
    throw error;
  }
  return { issues, params: inspected as P, close };
}

/** The same value with another one at a path. */
function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value)) return value.with(Number(name), replaced(value[Number(name)], rest, by));
  return { ...(value as object), [name]: replaced(Reflect.get(value as object, name), rest, by) };
}
