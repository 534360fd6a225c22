import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** Counts of one run, printed as a line that `pnpm test` adds up. Turbo keeps the line with the output of cached runs. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  /** What each skipped test needs. */
  readonly skipped: readonly string[];
}

export const COUNTS = 'Counts: ';

const countTests: Reporter = {
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    // A file that cannot be loaded, or whose hooks fail, counts as one failure: its tests did not run.
    const broken = modules.filter(isBroken).length + unhandledErrors.length;
    const counts: Counts = {
      passed: inState('passed').length,
      failed: inState('failed').length + broken,
      skipped: inState('skipped')
        .filter((test) => !isInBroken(test))
        .map((test) => /\(needs ([^)]+)\)/.exec(test.fullName)?.[1] ?? 'another system'),
    };
    process.stdout.write(`${COUNTS}${JSON.stringify(counts)}\n`);
  },
};

const isBroken = (module: TestModule): boolean =>
  [module, ...module.children.allSuites()].some((suite) => suite.errors().length > 0);

function isInBroken(test: TestCase): boolean {
  for (let at: TestSuite | TestModule = test.parent; ; at = at.parent) {
    if (at.errors().length > 0) return true;
    if (at.type === 'module') return false;
  }
}

/** The reporters of every package. */
export const reporters: (Reporter | string)[] = [
  'default',
  ...(process.env.GITHUB_ACTIONS ? ['github-actions'] : []),
  countTests,
];
