import type { ValidationIssue } from '../errors/validation-error.ts';
import type { DetectedMedia, Verdict } from './detect.ts';
import { type MediaKind, SUPPORTED_CONTENT } from './kind.ts';

/** What a file may hold. */
export interface ContentRules {
  /** @default true */
  readonly checkContent?: boolean | undefined;
  /** @default all */
  readonly kinds?: readonly MediaKind[] | undefined;
}

/**
 * Why a file cannot be what it has to be: it is empty, certainly no media, or certainly of another kind.
 * @param size bytes, when known
 */
export function contentProblems(
  field: string,
  size: number | undefined,
  verdict: Verdict,
  { checkContent = true, kinds }: ContentRules,
): ValidationIssue[] {
  const problem = (rule: string, message: string, received: string) => [{ field, rule, message, received }];
  if (size === 0) return problem('empty', 'must not be empty', '0 bytes');
  if (!checkContent || verdict.is === 'unknown') return [];
  const expected = kinds?.map(withArticle).join(' or ');
  if (verdict.is === 'media')
    return isExpected(verdict.media, kinds)
      ? []
      : problem('kind', `must be ${expected}`, withArticle(verdict.media.kind));
  const { what, advice } = verdict.found;
  return problem('kind', `must be ${expected ?? SUPPORTED_CONTENT}${advice ? `: ${advice}` : ''}`, what);
}

/** Only first bytes are certain. */
function isExpected({ kind, from }: DetectedMedia, kinds: ContentRules['kinds']): boolean {
  return from !== 'first bytes' || !kinds || (kind === 'image' ? kinds.includes(kind) : kinds.some(isTimed));
}

const isTimed = (kind: MediaKind) => kind !== 'image';

/** `a video`, `an image`, `audio`. */
export function withArticle(kind: MediaKind): string {
  if (kind === 'audio') return 'audio';
  return kind === 'video' ? 'a video' : 'an image';
}
