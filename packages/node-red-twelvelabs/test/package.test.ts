import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { englishTexts, pathsOf, type Texts, translated } from '../build/catalog.ts';
import { helpHtml } from '../build/help-html.ts';
import { helpIn, LANGUAGES, operationFolders, settingsIn } from '../build/node-folders.ts';
import { pageHtml } from '../build/page-html.ts';
import manifest from '../package.json' with { type: 'json' };
import { type NodeSettings, settingsOf } from '../src/settings/setting.ts';

const root = path.join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const readTexts = (file: string) =>
  (existsSync(path.join(root, file)) ? JSON.parse(read(file)) : {}) as Texts;
const all = await Promise.all(operationFolders.map(settingsIn));

test('the package needs nothing at run time', () => {
  expect(manifest).not.toHaveProperty('dependencies');
});

/** Tooltips are in English only, and so are names, numbers and paths. */
function needsTranslation(key: string, text: string): boolean {
  if (key.startsWith('hint.')) return false;
  return key.startsWith('placeholder.') ? /^[A-Za-z ?]+$/.test(text) : /[a-z]/.test(text);
}

function textAt(texts: Texts, key: string): string | undefined {
  const found = key.split('.').reduce<string | Texts | undefined>((inner, part) => {
    return typeof inner === 'object' ? inner[part] : undefined;
  }, texts);
  return typeof found === 'string' ? found : undefined;
}

/** Paths of the texts that a language lacks. */
const missing = (texts: Texts, english: Texts) =>
  pathsOf(english).filter(
    (key) => needsTranslation(key, textAt(english, key) ?? '') && textAt(texts, key) === undefined,
  );

/** No text of its own is empty, none stands for a text that does not exist, and all keep the placeholders. */
function checkTranslation(texts: Texts, english: Texts): void {
  const known = pathsOf(english);
  for (const key of pathsOf(texts)) expect(known).toContain(key);
  expect(JSON.stringify(texts)).not.toContain('""');
  const placeholders = (text = '') => text.match(/__\w+__/g)?.sort();
  for (const key of pathsOf(texts))
    expect(placeholders(textAt(texts, key))).toEqual(placeholders(textAt(english, key)));
}

describe.each(LANGUAGES)('in %s', (language) => {
  const shared = readTexts(`src/settings/locales/${language}.json`);

  test("the account's texts and the statuses translate all that is there in English", () => {
    const texts = readTexts(`src/nodes/config/locales/${language}.json`);
    const english = readTexts('src/nodes/config/locales/en-US.json');
    checkTranslation(texts, english);
    expect(missing(texts, english)).toEqual([]);
  });

  test('a shared text translates one text of some node', () => {
    for (const key of pathsOf(shared)) {
      const english = operationFolders.flatMap((folder, index) => {
        const own = readTexts(`src/nodes/${folder}/locales/${language}.json`);
        return textAt(own, key) ? [] : (textAt(englishTexts(all[index] as NodeSettings), key) ?? []);
      });
      expect(new Set(english).size, `${key}: ${english.join(', ')}`).toBe(1);
    }
  });

  test.each(operationFolders)('%s translates all labels, titles, options and ports', async (folder) => {
    const own = readTexts(`src/nodes/${folder}/locales/${language}.json`);
    const english = englishTexts(await settingsIn(folder));
    checkTranslation(own, english);
    expect(missing(translated(english, own, shared), english)).toEqual([]);
  });
});

test("a language gets a node's own texts, then the shared ones, and nothing for what is missing", () => {
  const english = { label: { a: 'A', b: 'B', c: 'C' }, section: { x: 'X' }, fixed: 'choice' };
  const own = { label: { a: 'eigenes A' } };
  const shared = { label: { a: 'A', b: 'geteiltes B', z: 'fremd' }, fixed: 'Auswahl' };
  expect(translated(english, own, shared)).toEqual({
    label: { a: 'eigenes A', b: 'geteiltes B' },
    fixed: 'Auswahl',
  });
});

describe.each(all)('$type', (node) => {
  const page = pageHtml(node);
  const settings = Object.entries(settingsOf(node));

  test('its page edits every setting, with a tooltip', () => {
    expect(page).toContain(`RED.nodes.registerType('${node.type}'`);
    const { hint } = englishTexts(node);
    for (const [name, { kind }] of settings) {
      expect(page).toContain(` ${name}: { value:`);
      expect(page).toContain(`"name":"${name}"`);
      expect(hint).toHaveProperty(name);
      if (kind !== 'check' && kind !== 'property') expect(page).toContain(` ${name}Type: { value:`);
    }
    expect(page).not.toContain('<style');
  });

  test('its help names every setting as a message would', async () => {
    const help = helpHtml(node, await helpIn(node.type.replace('twelvelabs-', '')));
    for (const [name, { label }] of settings)
      expect(help).toContain(`<dt>${label} <code>${name}</code></dt>`);
    expect(help.includes('<h3>Inputs</h3>')).toBe(node.ports.in !== undefined);
  });

  test('a setting that applies with some choices only names a choice of the node', () => {
    for (const [, { when }] of settings) {
      if (!when) continue;
      const names = settings.map(([name]) => name);
      const { kind, options = {} } = settingsOf(node)[when.setting] ?? {};
      expect(['choice', 'flag']).toContain(kind);
      expect(kind === 'flag' ? ['true', 'false'] : Object.keys(options)).toEqual(
        expect.arrayContaining([...when.is]),
      );
      // The choice is read before what depends on it.
      expect(names.indexOf(when.setting)).toBeLessThan(
        names.findIndex((name) => settingsOf(node)[name]?.when?.setting === when.setting),
      );
    }
  });

  test('no two settings stand for the same field of core', () => {
    const fields = settings.flatMap(([, { field }]) => field ?? []);
    expect(new Set(fields).size).toBe(fields.length);
  });
});

test("styles use the theme's colors only", () => {
  const styles = [...read('src/nodes/config/page.html').matchAll(/color:\s*([^;]+);/g)].map(
    ([, value]) => value,
  );
  expect(styles).not.toEqual([]);
  for (const value of styles) expect(value).toMatch(/^var\(--red-ui-/);
});
