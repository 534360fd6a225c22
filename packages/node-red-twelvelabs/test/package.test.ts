import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageHtml } from '../build/page-html.ts';
import manifest from '../package.json' with { type: 'json' };
import { pages } from '../src/editor/pages/index.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const types = readdirSync(path.join(root, 'src/nodes')).map((file) => path.basename(file, '.ts'));
const LANGUAGES = ['en-US', 'de', 'ja'];

test('every node is registered, under its own name', () => {
  expect(manifest['node-red'].nodes).toEqual(
    Object.fromEntries(types.map((type) => [type, `dist/${type}.js`])),
  );
});

test('the package needs nothing at run time', () => {
  expect(manifest).not.toHaveProperty('dependencies');
});

/** Paths of all texts: `status.asset.ready`. */
function keysOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null ? keysOf(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
  );
}

describe.each(types)('%s', (type) => {
  test.each(LANGUAGES)('has the same texts in %s, none empty, and its help', (language) => {
    const catalogue = JSON.parse(read(`src/locales/${language}/${type}.json`)) as object;
    const english = JSON.parse(read(`src/locales/en-US/${type}.json`)) as object;
    expect(keysOf(catalogue).sort()).toEqual(keysOf(english).sort());
    expect(JSON.stringify(catalogue)).not.toContain('""');
    const placeholders = (text: string) => text.match(/__\w+__/g)?.sort();
    expect(placeholders(JSON.stringify(catalogue))).toEqual(placeholders(JSON.stringify(english)));
    const help = read(`src/locales/${language}/${type}.html`);
    expect(help).toContain(`data-help-name="${type}"`);
    const parts = (text: string) => text.match(/<(dt|dd|h3|p|code)\b/g)?.sort();
    expect(parts(help)).toEqual(parts(read(`src/locales/en-US/${type}.html`)));
  });
});

const SETTINGS = /settings: \{([\s\S]*?)\n {2}\},/;

describe.each(types.filter((type) => type !== 'twelvelabs-config'))('the page of %s', (type) => {
  const described = pages.find((each) => each.type === type);
  if (!described) throw new Error(`${type} has no page`);
  const page = pageHtml(described);
  const names = [...(SETTINGS.exec(read(`src/nodes/${type}.ts`))?.[1] ?? '').matchAll(/^ {4}(\w+):/gm)].map(
    ([, name]) => name ?? '',
  );

  test('edits every setting of the node, and the help names each', () => {
    expect(names.length).toBeGreaterThan(2);
    for (const name of names) {
      expect(page).toMatch(new RegExp(`\\b${name}: \\{ value:`));
      expect(page).toContain(`${name}Type: { value:`);
      expect(page).toContain(`"name":"${name}"`);
    }
    for (const name of [...names, 'output', 'keepOrder']) {
      expect(read(`src/locales/en-US/${type}.html`)).toContain(`<code>${name}</code>`);
    }
  });

  test("uses the theme's colours only", () => {
    const styles = [...read('src/editor/twelvelabs-config.html').matchAll(/color:\s*([^;]+);/g)].map(
      ([, value]) => value,
    );
    for (const value of styles) expect(value).toMatch(/^var\(--red-ui-/);
    expect(page).not.toContain('<style');
  });
});
