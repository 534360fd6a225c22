import { readFile, writeFile } from 'node:fs/promises';

const README = new URL('../../README.md', import.meta.url);

/** Puts what a real run gave between its marker and the next heading. */
export async function putIntoReadme(marker: 'matrix' | 'calls' | 'load', text: string): Promise<void> {
  const readme = await readFile(README, 'utf8');
  const start = readme.indexOf(`<!-- ${marker} -->`);
  const end = readme.indexOf('\n## ', start);
  if (start < 0 || end < 0) throw new Error(`The README has no place for ${marker}`);
  await writeFile(README, `${readme.slice(0, start)}<!-- ${marker} -->\n\n${text}\n${readme.slice(end)}`);
}
