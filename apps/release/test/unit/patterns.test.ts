import { checkSync } from 'recheck';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { files, PUBLISHED, read } from '../../src/workspace.ts';

// A pattern reads what files, messages and servers give. One that needs more than linear time lets a few bytes occupy
// the host's process, where no time limit applies.

/** Without one of these, a pattern reads a bounded number of characters. */
const UNBOUNDED = /[*+]|\{\d+,\}/;

function patternsOf(path: string): RegExp[] {
  const found: RegExp[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const [, source = '', flags] = /^\/(.*)\/(\w*)$/s.exec(node.text) ?? [];
      if (UNBOUNDED.test(source)) found.push(new RegExp(source, flags));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest));
  return found;
}

const sources = files(...PUBLISHED.map((folder) => `${folder}/*.ts`)).filter(
  (path) => !/\/(test|build)\//.test(path),
);
const patterns = sources.flatMap((path) => patternsOf(path).map((pattern) => [path, pattern] as const));

it('finds a pattern that takes exponential time', () => {
  expect(checked(/^((https?|ftp):\/\/\S+\s*)+$/)).toBe('vulnerable');
});

it.each(patterns)('%s: %s takes linear time', (_, pattern) => {
  expect(checked(pattern)).toBe('safe');
});

/** By the same attacks in each run, however long they take. */
function checked({ source, flags }: RegExp): string {
  return checkSync(source, flags, {
    checker: 'fuzz',
    randomSeed: 0,
    timeout: null,
    attackTimeout: null,
    incubationTimeout: null,
    seedingTimeout: null,
  }).status;
}
