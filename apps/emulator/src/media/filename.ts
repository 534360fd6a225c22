/** Counted in Unicode characters: the reference says characters, not bytes. */
export function isFilenameLength(name: string): boolean {
  const { length } = [...name];
  return length >= 1 && length <= 255;
}

/** The name that a file at a URL gets: the last part of its path, or the host. */
export function filenameOfUrl(url: URL): string {
  const last = url.pathname.split('/').at(-1) ?? '';
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch {
    // A stray % is a name like any other.
  }
  return [...name].slice(0, 255).join('') || url.hostname;
}
