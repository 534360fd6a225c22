import {
  deleteIndex,
  getOrCreateIndex,
  listAllIndexes,
  retrieveIndex,
  updateIndex,
} from '@twelvelabs-nodes/core';
import { indexId } from '../../fields/index-id';
import { sets } from '../../form/field';
import { someText } from '../../form/lists';
import type { Resource } from '../../form/operation';
import { deleting, getting, gettingMany } from '../usual';

const indexName = sets('params.index_name', {
  displayName: 'Name',
  name: 'indexName',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. product-videos',
});

const nameContains = sets(
  'params.index_name',
  {
    displayName: 'Name Contains',
    name: 'indexName',
    type: 'string',
    default: '',
    placeholder: 'e.g. product',
    description: 'Only indexes with this text in their name',
  },
  someText,
);

export const index: Resource = {
  value: 'index',
  name: 'Index',
  default: 'create',
  operations: [
    {
      value: 'create',
      name: 'Create or Get',
      action: 'Create or get an index',
      description: 'Create an index, or get the index that has this name',
      form: [indexName],
      // Creating answers the id only.
      async run(call) {
        const { _id: index_id } = await call.core(getOrCreateIndex);
        return [await call.core(retrieveIndex, { params: { index_id } })];
      },
    },
    deleting(
      {
        action: 'Delete an index',
        description: 'Delete an index and everything indexed in it; the assets remain',
      },
      [indexId],
      deleteIndex,
      'index_id',
    ),
    getting(
      { action: 'Get an index', description: 'Get an index with its details' },
      [indexId],
      retrieveIndex,
    ),
    gettingMany(
      { action: 'Get many indexes', description: 'Get many indexes, oldest first' },
      [],
      [nameContains],
      listAllIndexes,
    ),
    {
      value: 'update',
      name: 'Rename',
      action: 'Rename an index',
      description: 'Give an index another name',
      form: [indexId, indexName],
      async run(call) {
        const { index_id } = call.form.params;
        await call.core(updateIndex);
        return [await call.core(retrieveIndex, { params: { index_id } })];
      },
    },
  ],
};
