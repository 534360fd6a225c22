/** A pattern of a whole text, in which `*` stands for any number of any characters. */
export function wildcard(pattern: string, flags = ''): RegExp {
  const escaped = pattern.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, `s${flags}`);
}
