import type { RequirementsReport } from '@twelvelabs-nodes/core';
import type { Outcome } from './operation.ts';

/**
 * Whether an asset fits what it is meant for, as `msg.fits` (`true`, `false` or `'unknown'`) and, requirement by
 * requirement, `msg.workflowFit`. It never stops a message: the platform has the last word.
 */
export function fitOutcome(
  fit: readonly RequirementsReport[],
): Pick<Outcome, 'extra' | 'status'> & { extra: object } {
  const misfits = fit.filter(({ fits }) => fits === false).map(({ workflow }) => workflow);
  const unknown = fit.some(({ fits }) => fits === 'unknown');
  const fits = misfits.length > 0 ? false : unknown ? 'unknown' : true;
  return {
    extra: { fits, workflowFit: fit },
    status: (translate) =>
      misfits.length > 0
        ? {
            fill: 'yellow',
            shape: 'dot',
            text: translate('status.misfit', { workflows: misfits.join(', ') }),
          }
        : { fill: 'green', shape: 'dot', text: translate(unknown ? 'status.fitUnknown' : 'status.fits') },
  };
}
