import { type Asset, checkRequirements, parseUseCases } from '@twelvelabs-nodes/core';
import { own } from '../form/field';
import type { Call } from '../form/operation';

export const intendedFor = own(
  {
    displayName: 'Intended For',
    name: 'intendedFor',
    type: 'multiOptions',
    options: [
      { name: 'Embeddings', value: 'embeddings', description: 'Turn the asset into vectors' },
      { name: 'Entity Search', value: 'entity_search', description: 'Find a person or a thing in videos' },
      { name: 'Search', value: 'search', description: 'Find moments in videos by text or image' },
      { name: 'Video Analysis', value: 'analysis', description: 'Generate text about a video' },
    ],
    default: [],
    description:
      'What you will use the asset for. The node waits until the asset is ready, and the output says whether the asset meets the requirements.',
  },
  (value, label) => parseUseCases(value, label),
);

/**
 * A ready asset, with `workflow_fit` and `meets_requirements` behind its status where a use case was chosen. A use case
 * that the asset does not fit is also a note beside the output.
 */
export function judged(call: Call, asset: Asset): object {
  const fits = (call.form.get(intendedFor) ?? []).map((useCase) => checkRequirements(asset, useCase));
  if (fits.length === 0) return asset;
  for (const { fits: fit, summary } of fits) if (fit === false) call.hint(summary, 'warning');
  const { _id, status, ...rest } = asset;
  return {
    _id,
    status,
    meets_requirements: verdict(fits.map((one) => one.fits)),
    workflow_fit: fits,
    ...rest,
  };
}

function verdict(fits: readonly (boolean | 'unknown')[]): 'yes' | 'no' | 'unknown' {
  if (fits.includes(false)) return 'no';
  return fits.includes('unknown') ? 'unknown' : 'yes';
}
