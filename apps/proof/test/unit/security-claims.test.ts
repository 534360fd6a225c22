import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { CLAIMS } from '../../src/security/claims.ts';

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
const SECURITY = read('SECURITY.md');

it.each(CLAIMS.map(({ text, shownBy }) => [text, shownBy] as const))(
  'SECURITY.md says, and a test shows: %s',
  (text, shownBy) => {
    expect(SECURITY).toContain(text);
    for (const [file, title] of shownBy) expect(read(file), file).toContain(title);
  },
);

it('no promise of SECURITY.md is without a test', () => {
  const promises =
    /## What the packages promise\n([\s\S]*?)\nWhat they can't promise/.exec(SECURITY)?.[1] ?? '';
  const left = CLAIMS.reduce((text, claim) => text.replace(claim.text, ''), promises);
  expect(left.replace(/[-\s]/g, '')).toBe('');
});
