import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allPages, writtenPages } from '../../src/documents.ts';
import { anchorsOf, linksOf } from '../../src/markdown.ts';
import { files, manifest, read, root } from '../../src/workspace.ts';

/** The repository's own pages on GitHub, for package READMEs, which are also read where no relative link works. */
const OWN = 'https://github.com/twelvelabs-nodes/twelvelabs-nodes';
/** The same as files, for pictures. */
const RAW = 'https://raw.githubusercontent.com/twelvelabs-nodes/twelvelabs-nodes';
const pages = allPages();
const anchors = new Map(pages.map((page) => [page, anchorsOf(read(page))]));
const links = pages.flatMap((page) => linksOf(read(page)).map((link) => ({ ...link, page })));
const tracked = new Set(files());

/** A link of a page as a path from the root, when it leads into this repository. */
function inside(page: string, target: string): { path: string; anchor: string } | undefined {
  const own =
    new RegExp(`^${OWN}(?:/(?:blob|tree)/main/(?<path>[^#]*)|#|$)`).exec(target) ??
    new RegExp(`^${RAW}/main/(?<path>.*)`).exec(target);
  const [bare = '', anchor = ''] = (
    own ? (own.groups?.path ?? '') + (/#.*/.exec(target)?.[0] ?? '') : target
  ).split('#');
  if (!own && /^[a-z][a-z+.-]*:/i.test(target)) return undefined;
  if (own) return { path: normalize(bare || 'README.md').replace(/\/$/, ''), anchor };
  const path =
    bare === '' ? page : normalize(join(dirname(page), decodeURIComponent(bare))).replace(/\/$/, '');
  return { path, anchor };
}

const isFolder = (path: string): boolean =>
  existsSync(join(root, path)) && statSync(join(root, path)).isDirectory();

it('every link into the repository leads to something that is in it', () => {
  const dead = links.filter(({ page, target }) => {
    const to = inside(page, target);
    // Written at the first release.
    if (!to || /^packages\/[^/]+\/CHANGELOG\.md$/.test(to.path)) return false;
    return (
      !tracked.has(to.path) &&
      !(isFolder(to.path) && [...tracked].some((file) => file.startsWith(`${to.path}/`)))
    );
  });
  expect(dead.map(({ page, line, target }) => `${page}:${line} ${target}`)).toEqual([]);
});

it('every anchor is a heading of the page it is on', () => {
  const dead = links.filter(({ page, target }) => {
    const to = inside(page, target);
    if (!to?.anchor || to.anchor === 'readme') return false;
    const known = anchors.get(isFolder(to.path) ? join(to.path, 'README.md') : to.path);
    return known !== undefined && !known.has(to.anchor);
  });
  expect(dead.map(({ page, line, target }) => `${page}:${line} ${target}`)).toEqual([]);
});

it('every other link is a whole https address', () => {
  const wrong = links.filter(
    ({ page, target }) =>
      !inside(page, target) &&
      // The emulator's own address, on the reader's machine.
      !target.startsWith('http://127.0.0.1:8012/') &&
      !/^https:\/\/([a-z0-9-]+\.)+[a-z]{2,}(\/\S*)?$/.test(target),
  );
  expect(wrong.map(({ page, line, target }) => `${page}:${line} ${target}`)).toEqual([]);
});

describe.each(writtenPages().filter((page) => /^packages\/[\w-]+\/README\.md$/.test(page)))('%s', (page) => {
  it('has links that also work on the registry, where relative ones lead nowhere', () => {
    const relative = links.filter((link) => link.page === page && !/^(https:|#)/.test(link.target));
    expect(relative.map(({ target }) => target)).toEqual([]);
  });
});

it('every picture in the repository is on a page', () => {
  const shown = new Set(links.map(({ page, target }) => inside(page, target)?.path));
  expect(files('*.png').filter((file) => !shown.has(file))).toEqual([]);
});

it('every picture has a text for those who do not see it', () => {
  const bare = pages.flatMap((page) =>
    [...read(page).matchAll(/!\[\s*\]\(|<img(?![^>]*\balt="[^"]+")[^>]*>/g)].map(() => page),
  );
  expect(bare).toEqual([]);
});

it('addresses in the packages lead to this repository', () => {
  for (const folder of files('packages/*/package.json').map(dirname)) {
    expect(manifest(folder).homepage).toMatch(new RegExp(`^${OWN}`));
  }
});
