import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeBlocksOf } from './markdown.ts';
import { read, root } from './workspace.ts';

/** A code block of the documentation as a file. */
export interface DocProgram {
  readonly name: string;
  readonly page: string;
  readonly line: number;
  /** Absolute. */
  readonly file: string;
  /** False for a block that is marked `no-run`: it is type-checked only. */
  readonly runs: boolean;
}

const EXTENSIONS: Readonly<Record<string, string>> = { ts: 'mts', js: 'mjs', cjs: 'cjs' };

/**
 * Writes the JavaScript and TypeScript blocks of pages into a folder, from where they find this app's packages.
 * @param replace what stands for something else when it runs, such as a public address
 */
export async function writePrograms(
  pages: readonly string[],
  folder: string,
  replace: (code: string) => string,
): Promise<DocProgram[]> {
  await mkdir(folder, { recursive: true });
  const programs: DocProgram[] = [];
  for (const page of pages) {
    for (const { language, meta, code, line } of codeBlocksOf(read(page))) {
      const extension = EXTENSIONS[language ?? ''];
      if (extension === undefined) continue;
      const name = `${page.replaceAll(/[^\w]+/g, '-')}-${line}.${extension}`;
      const file = join(folder, name);
      await writeFile(file, replace(code));
      programs.push({ name, page, line, file, runs: !meta.includes('no-run') });
    }
  }
  return programs;
}

/** Where the blocks are written: inside this app, so that its dependencies resolve; git ignores every `dist`. */
export const programsFolder = join(root, 'apps/release/dist/documentation');
