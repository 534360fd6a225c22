import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** A file or a folder, as the editor offers it. */
interface OfferedFile {
  readonly value: string;
  readonly label: string;
  readonly details: readonly string[];
}

/** Folders and files whose path begins with what was typed, relative to where relative paths start. */
export async function filesLike(
  typed: string,
  workingDirectory: string,
  most: number,
): Promise<OfferedFile[]> {
  const cut = Math.max(typed.lastIndexOf('/'), typed.lastIndexOf(path.sep)) + 1;
  const [folder, begin] = [typed.slice(0, cut), typed.slice(cut).toLowerCase()];
  const place = path.resolve(workingDirectory, folder);
  const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(
      ({ name }) => name.toLowerCase().startsWith(begin) && (begin.startsWith('.') || !name.startsWith('.')),
    )
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => {
      const value = `${folder}${entry.name}${entry.isDirectory() ? '/' : ''}`;
      return { value, label: value, details: [place] };
    })
    .sort((a, b) => a.value.localeCompare(b.value))
    .slice(0, most);
}
