import {
  deleteIndex,
  getOrCreateIndex,
  listAllIndexes,
  retrieveIndex,
  updateIndex,
} from '@twelvelabs-nodes/core';
import { indexId } from '../../fields/index-id';
import { paging } from '../../fields/paging';
import { group, sets } from '../../form/field';
import type { Resource } from '../../form/operation';

const indexName = sets('params.index_name', {
  displayName: 'Name',
  name: 'indexName',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. product-videos',
});

/** Each operation is one call of core. */
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
      run: async (call) => [await call.core(getOrCreateIndex)],
    },
    {
      value: 'delete',
      name: 'Delete',
      action: 'Delete an index',
      description: 'Delete an index and everything indexed in it; the assets remain',
      form: [indexId],
      run: async (call) => {
        await call.core(deleteIndex);
        return [{ deleted: true, _id: call.form.params.index_id }];
      },
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get an index',
      description: 'Get an index with its details',
      form: [indexId],
      run: async (call) => [await call.core(retrieveIndex)],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many indexes',
      description: 'Get many indexes',
      form: [
        ...paging,
        group(
          'Filters',
          'filters',
          [
            sets('params.index_name', {
              displayName: 'Name Contains',
              name: 'indexName',
              type: 'string',
              default: '',
              placeholder: 'e.g. product',
            }),
          ],
          'Add filter',
        ),
      ],
      run: (call) => call.all(listAllIndexes),
    },
    {
      value: 'update',
      name: 'Rename',
      action: 'Rename an index',
      description: 'Give an index another name',
      form: [indexId, indexName],
      run: async (call) => {
        const { index_id } = call.form.params;
        await call.core(updateIndex);
        return [await call.core(retrieveIndex, { params: { index_id } })];
      },
    },
  ],
};
