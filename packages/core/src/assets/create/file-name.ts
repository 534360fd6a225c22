import type { MediaKind } from '../../media/kind.ts';
import { extensionOfType, typeOfName } from '../../media/names.ts';
import { trimmed } from '../../validation/text.ts';

/** Whether a text can be the name of a file: not blank, and no step in a path. */
export function isFileName(text: string): boolean {
  return !/^\.{0,2}$/.test(trimmed(text));
}

/**
 * The name that an asset gets from its file: the last segment of a path, with either slash. Of a URL, query and fragment
 * are left out: they may hold a signature or a token.
 * @returns `undefined` when that is no name
 */
export function ownName(name: string | undefined): string | undefined {
  const own = trimmed(
    withoutQuery(name ?? '')
      .split(/[/\\]/)
      .at(-1) ?? '',
  );
  return isFileName(own) ? own : undefined;
}

/**
 * In the name of a file, a "?" or "#" begins a query or a fragment only directly behind an extension of media, and only
 * where the rest is no name itself: it has no white space, and either a "=" or no extension of media.
 */
function withoutQuery(name: string): string {
  const [first = ''] = name.split(/[?#]/, 1);
  if (/^\s*[a-z]{2,}:\/\//i.test(first)) return first;
  for (const { 0: extension, index } of name.matchAll(/\.[\p{L}\p{N}-]+(?=[?#])/gu)) {
    const end = index + extension.length;
    const rest = trimmed(name.slice(end));
    const isQuery = !/\s/.test(rest) && (rest.includes('=') || typeOfName(rest) === undefined);
    if (isQuery && typeOfName(extension) !== undefined) return name.slice(0, end);
  }
  return name;
}

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
