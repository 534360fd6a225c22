import type { Outcome } from '../runners/runner.ts';

/** What of an outcome has to be the same everywhere; the rest depends on when somebody looked. */
export function summaryOf({ asset, error }: Outcome): unknown {
  if (asset) {
    const { method, filename, user_metadata, status } = asset;
    return {
      created: { method, filename, user_metadata, alive: ['processing', 'ready'].includes(String(status)) },
    };
  }
  const issues = error.details?.issues as { field: string; rule: string }[] | undefined;
  return issues
    ? { refused: issues.map(({ field, rule }) => `${field}: ${rule}`).sort() }
    : { code: error.code };
}
