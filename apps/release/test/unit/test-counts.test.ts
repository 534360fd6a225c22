import { expect, it } from 'vitest';
import { countsIn, summaryOf } from '../../src/test-counts.ts';

it('adds up the runs of all packages, with each reason to skip and what installs the programs', () => {
  const lines = [
    '@twelvelabs-nodes/core:test:unit: Counts: {"passed":12,"failed":1,"skipped":[]}',
    '@twelvelabs-nodes/core:test:unit:  Tests  12 passed (12)',
    'app-n8n:test: Counts: {"passed":3,"failed":0,"skipped":["redis-server and PostgreSQL","another system"]}',
    'emulator:test: Counts: {"passed":3,"failed":0,"skipped":["ffmpeg","ffmpeg"]}',
  ];
  expect(summaryOf(lines.flatMap((line) => countsIn(line) ?? []))).toEqual([
    'Skipped 1: they need redis-server and PostgreSQL.',
    'Skipped 1: they need another system.',
    'Skipped 2: they need ffmpeg.',
    'On Debian and Ubuntu, this installs what is missing: sudo apt-get install -y ffmpeg postgresql redis-server',
    '18 passed, 1 failed, 4 skipped',
  ]);
});

it('is one line where nothing was skipped', () => {
  expect(summaryOf([{ passed: 2, failed: 0, skipped: [] }])).toEqual(['2 passed, 0 failed, 0 skipped']);
});
