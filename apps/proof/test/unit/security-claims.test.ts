import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CLAIMS, OTHER_SENTENCES } from '../../src/security/claims.ts';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const SECURITY = read('SECURITY.md');

it.each(CLAIMS.map(({ text, shownBy }) => [text, shownBy] as const))(
  'SECURITY.md says, and a test shows: %s',
  (text, shownBy) => {
    expect(SECURITY).toContain(text);
    for (const [file, title] of shownBy) {
      const source = read(file);
      // The title of a test, from its beginning, and not any text that mentions it.
      const isThere = [`'`, `"`, '`'].some((quote) => source.includes(quote + title));
      expect(isThere, `${file}: ${title}`).toBe(true);
    }
  },
);

it('SECURITY.md says nothing else about this repository', () => {
  const known = [...CLAIMS.map(({ text }) => text), ...OTHER_SENTENCES];
  const left = known.reduce((text, sentence) => text.replace(sentence, ''), SECURITY);
  expect(left.replaceAll(/^#+ .*$/gm, '').replaceAll(/[-\s]/g, '')).toBe('');
});
