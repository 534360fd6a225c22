import { getOrCreateIndex, retrieveIndex } from '@twelvelabs-nodes/core';
import { chosenBy } from './chosen-by';
import { pick } from './pick';

export const indexId = pick('params.index_id', 'indexId', 'Index', 'searchIndexes');

/** An index that the call may create. */
export const indexIdOrName = pick('params.index_id', 'indexId', 'Index', 'searchIndexes', {
  named: 'product-videos',
});

/** The index that was chosen with it. */
export const chosenIndex = chosenBy({
  field: 'index_id',
  name: 'index_name',
  retrieve: retrieveIndex,
  getOrCreate: getOrCreateIndex,
});
