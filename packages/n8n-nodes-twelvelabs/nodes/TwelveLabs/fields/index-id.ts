import { getOrCreateIndex } from '@twelvelabs-nodes/core';
import { Named } from '../form/form-values';
import type { Call } from '../form/operation';
import { pick } from './pick';

export const indexId = pick('params.index_id', 'indexId', 'Index', 'searchIndexes');

/** An index that the call may create. */
export const indexIdOrName = pick('params.index_id', 'indexId', 'Index', 'searchIndexes', {
  named: 'product-videos',
});

/** The id of the chosen index, which is created if it was chosen by a name that there is none of. */
export async function indexOf(call: Call): Promise<unknown> {
  const { index_id } = call.form.params;
  if (!(index_id instanceof Named)) return index_id;
  const params = { index_name: index_id.name };
  return (await call.core(getOrCreateIndex, { params, options: {} }))._id;
}
