import { type NodeSettings, settingsOf } from '../src/settings/setting.ts';

/** Texts by key, as i18next nests them. */
export interface Texts {
  [key: string]: string | Texts;
}

/** All texts of a node's page, in English. */
export function englishTexts(node: NodeSettings): Texts {
  const settings = Object.entries(settingsOf(node));
  const each = (pick: 'label' | 'hint' | 'placeholder' | 'options'): Texts =>
    Object.fromEntries(settings.flatMap(([name, setting]) => (setting[pick] ? [[name, setting[pick]]] : [])));
  return {
    label: { palette: node.palette, config: 'Account', ...each('label') },
    section: Object.fromEntries(Object.entries(node.sections).map(([name, { title }]) => [name, title])),
    hint: each('hint'),
    placeholder: each('placeholder'),
    option: each('options'),
    port: { ...node.ports },
    ...(node.button ? { example: { none: 'There is no asset yet that matches.' } } : {}),
    fixed: 'choice',
    typed: { files: 'path or URL', files_assets: 'path, URL or asset ID' },
    number: 'number',
  };
}

/**
 * What a language has of a node's texts: its own, or else those that several nodes share. Node-RED shows English for
 * what is missing.
 */
export function translated(english: Texts, own: Texts, shared: Texts): Texts {
  const texts: Texts = {};
  for (const [key, text] of Object.entries(english)) {
    if (typeof text === 'string') {
      const found = own[key] ?? shared[key];
      if (typeof found === 'string') texts[key] = found;
      continue;
    }
    const inner = translated(text, textsAt(own, key), textsAt(shared, key));
    if (Object.keys(inner).length > 0) texts[key] = inner;
  }
  return texts;
}

function textsAt(texts: Texts, key: string): Texts {
  const inner = texts[key];
  return typeof inner === 'object' ? inner : {};
}

/** Paths of all texts: `option.waitFor.hls`. */
export function pathsOf(texts: Texts, prefix = ''): string[] {
  return Object.entries(texts).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [`${prefix}${key}`] : pathsOf(inner, `${prefix}${key}.`),
  );
}
