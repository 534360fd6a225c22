import type { SuiteResult } from './measure.ts';
import type { Verdict } from './targets.ts';

/** One table of all that was measured, and one of the promises. */
export function report(
  results: readonly SuiteResult[],
  verdicts: readonly Verdict[],
  isQuick: boolean,
): string {
  const header = ['', 'wall', '×', 'CPU', '×', 'peak RSS'];
  const rows = results.flatMap(({ suite, programs }) => {
    const reference = programs.find(({ name }) => name === suite.reference);
    const ratio = (value: number, other: number | undefined) => (other ? (value / other).toFixed(2) : '');
    return [
      [`${suite.title}, median of ${suite.rounds}, × ${suite.reference}`],
      ...programs.map(({ name, wall, cpu, rss, imported }) => [
        `  ${name}`,
        imported === undefined ? `${wall.toFixed(2)} s` : `${imported.toFixed(1)} ms`,
        imported === undefined ? ratio(wall, reference?.wall) : ratio(imported, reference?.imported),
        imported === undefined ? `${cpu.toFixed(2)} s` : `${(cpu * 1000).toFixed(1)} ms`,
        ratio(cpu, reference?.cpu),
        rss === undefined ? '–' : `${rss.toFixed(0)} MiB`,
      ]),
    ];
  });
  const promises = verdicts.map(({ target, measured, met }) => [
    `  ${met ? 'met    ' : 'NOT MET'} ${target}`,
    measured,
  ]);
  return [
    aligned([header, ...rows]),
    '',
    isQuick ? 'Targets (start-up outweighs the work in a quick run: see a full one)' : 'Targets',
    aligned(promises),
  ].join('\n');
}

/** Columns side by side: the first to the left, numbers to the right. A row of one cell is a heading. */
function aligned(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    if (row.length > 1)
      for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length);
  }
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return rows.map((row) => (row.length === 1 ? row[0] : row.map(pad).join('  ').trimEnd())).join('\n');
}
