import type { ValidationIssue } from '../errors/validation-error.ts';
import { linkProblem } from '../network/media-link.ts';
import { flag } from '../validation/rules.ts';
import { shapeOf } from '../validation/shape.ts';
import { trimmed } from '../validation/text.ts';
import { mediaUrlProblem, urlText } from '../validation/web-url.ts';
import { type RequestOptions, requestRules } from './request-options.ts';

/** Options of a call that sends URLs of media. */
export interface LinkOptions extends RequestOptions {
  /**
   * Whether to refuse a URL of a page instead of a file, such as a sharing link, and a URL that the platform cannot
   * reach.
   * @default true
   */
  readonly checkUrl?: boolean | undefined;
}

/** Their rules, for options that have more than these. */
export const linkRules = { ...requestRules, checkUrl: flag.optional() };

/** At most this many links are checked: no call takes more. */
const MOST_LINKS = 200;

/**
 * What keeps the platform from fetching the media that a call names. Looks at parameters as they were given.
 * @param paths where the parameters have media URLs: names joined by dots, with `*` for every name or index
 * @param baseUrl where the platform is; without it, only pages are reported
 * @param isSound whether no rule found anything wrong: then nobody else reports a URL of a wrong form
 */
export function linkIssues(
  paths: readonly string[],
  params: unknown,
  options: unknown,
  baseUrl: string | undefined,
  isSound = false,
): ValidationIssue[] {
  if ((options as LinkOptions | undefined)?.checkUrl === false) return [];
  return paths
    .flatMap((path) => valuesAt(params, path.split('.')))
    .slice(0, MOST_LINKS)
    .flatMap(([field, given]) => {
      const value = urlText(given);
      if (typeof value !== 'string') return [];
      const url = trimmed(value);
      const form = mediaUrlProblem(url);
      const problem = form ? isSound && form : linkProblem(url, baseUrl);
      return problem ? [{ field, ...problem, received: shapeOf(value) }] : [];
    });
}

/** The values at a path of names joined by dots, with `*` for every name or index; bounded. */
export function valuesAt(
  value: unknown,
  [name, ...rest]: readonly string[],
  path: readonly string[] = [],
): [field: string, value: unknown][] {
  if (name === undefined) return [[path.join('.'), value]];
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value).slice(0, MOST_LINKS);
  const found = name === '*' ? entries : Object.hasOwn(value, name) ? [[name, Reflect.get(value, name)]] : [];
  return (found as [string, unknown][]).flatMap(([key, inner]) => valuesAt(inner, rest, [...path, key]));
}
