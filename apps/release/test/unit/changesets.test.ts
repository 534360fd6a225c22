import { expect, it } from 'vitest';
import { files, PUBLISHED, read } from '../../src/workspace.ts';

/** What a release reads, and a formatter may take for a heading. */
const FRONT_MATTER = /^---\n((?:'[^'\n]+': (?:minor|patch|major)\n)*)---\n\n\S/;

it.each(files('.changeset/*.md'))('%s names the packages that it is about, and what changed', (path) => {
  const head = FRONT_MATTER.exec(read(path))?.[1];
  expect(head, 'front matter between two lines of ---').toBeDefined();
  const names = [...(head ?? '').matchAll(/'([^']+)'/g)].map(([, name]) => name);
  expect(
    names.filter(
      (name) =>
        !PUBLISHED.some(
          (folder) => folder === name || read(`${folder}/package.json`).includes(`"name": "${name}"`),
        ),
    ),
  ).toEqual([]);
});
