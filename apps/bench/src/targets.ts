import type { Measured, SuiteResult } from './measure.ts';
import { CORE, FLOOR, SDK, type Suite } from './suites.ts';

export interface Verdict {
  readonly target: string;
  readonly measured: string;
  readonly met: boolean;
}

/** Holds the results against what the project promises of itself. What was not measured has no verdict. */
export function verdicts(results: readonly SuiteResult[]): Verdict[] {
  const of = (id: Suite['id'], name: string) =>
    results.find(({ suite }) => suite.id === id)?.programs.find((program) => program.name === name);
  const all: Verdict[] = [];
  const atMost = (target: string, value: number | undefined, limit: number, unit: string) => {
    if (value === undefined || Number.isNaN(value)) return;
    all.push({ target, measured: `${value.toFixed(2)}${unit}`, met: value <= limit });
  };
  const ratio = (what: 'wall' | 'cpu', mine: Measured | undefined, other: Measured | undefined) =>
    mine && other ? mine[what] / other[what] : undefined;
  const [direct, floor, sdk] = [of('direct', CORE), of('direct', FLOOR), of('direct', SDK)];
  const overTls = (name: string) => of('direct-tls', name);
  atMost('direct: wall ≤ 1.05 × the floor', ratio('wall', direct, floor), 1.05, ' ×');
  atMost('direct: CPU ≤ 0.9 × the floor', ratio('cpu', direct, floor), 0.9, ' ×');
  atMost('direct over TLS: CPU ≤ 0.9 × the floor', ratio('cpu', overTls(CORE), overTls(FLOOR)), 0.9, ' ×');
  atMost('direct: wall ≤ 1/2.5 of twelvelabs-js', ratio('wall', direct, sdk), 1 / 2.5, ' ×');
  atMost('direct: peak RSS ≤ 130 MiB', direct?.rss, 130, ' MiB');
  const large = of('direct-large', CORE);
  if (large?.rss !== undefined && direct?.rss !== undefined) {
    atMost('direct: peak RSS of the large file within 10 MiB', Math.abs(large.rss - direct.rss), 10, ' MiB');
  }
  const [multipart, theirs] = [of('multipart', CORE), of('multipart', SDK)];
  atMost('multipart: wall ≤ 1/2.5 of twelvelabs-js', ratio('wall', multipart, theirs), 1 / 2.5, ' ×');
  atMost('multipart: CPU ≤ 0.25 × twelvelabs-js', ratio('cpu', multipart, theirs), 0.25, ' ×');
  atMost('multipart: peak RSS ≤ 160 MiB', multipart?.rss, 160, ' MiB');
  atMost('multipart of 10 GiB: peak RSS ≤ 160 MiB', of('multipart-huge', CORE)?.rss, 160, ' MiB');
  atMost(
    'URL creates: CPU ≤ 0.6 × twelvelabs-js',
    ratio('cpu', of('urls', CORE), of('urls', SDK)),
    0.6,
    ' ×',
  );
  atMost('import of the pure entry ≤ 40 ms', of('import', 'core')?.imported, 40, ' ms');
  return all;
}
