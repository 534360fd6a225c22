import type { MediaKind } from '../../media/kind.ts';
import { extensionOfType, typeOfName } from '../../media/names.ts';
import { trimmed } from '../../validation/text.ts';

/** Whether a text can be the name of a file: not blank, and no step in a path. */
export function isFileName(text: string): boolean {
  return !/^\.{0,2}$/.test(trimmed(text));
}

/**
 * The name that an asset gets from its file: the last segment of a path, with either slash.
 * @returns `undefined` when that is no name
 */
export function ownName(name: string | undefined): string | undefined {
  const last = lastOf(name ?? '');
  // The slashes of a query: "clip.mp4?signature=a/b".
  const beforeQuery = lastOf(name?.split('?', 1)[0] ?? '');
  const own = typeOfName(last) === undefined && typeOfName(beforeQuery) !== undefined ? beforeQuery : last;
  return isFileName(own) ? own : undefined;
}

const lastOf = (path: string) => trimmed(path.split(/[/\\]/).at(-1) ?? '');

/** The name of a file that came without one. */
export function usualName(kind: MediaKind | undefined, type: string): string {
  return `${kind ?? 'file'}.${extensionOfType(type)}`;
}

/**
 * A name as the header of a part carries it, where parsers differ in quotes, slashes, escapes and scripts: in plain ASCII.
 * The asset's name does not depend on it, since that travels in a field of its own.
 */
export function plainName(name: string): string {
  return name.replace(/[^\w .()-]/gu, '_');
}
