import {
  createEntity,
  deleteEntity,
  getOrCreateEntityCollection,
  listAllEntities,
  retrieveEntity,
} from '@twelvelabs-nodes/core';
import { flag } from '../../../host/check';
import { paging } from '../../fields/paging';
import { pick } from '../../fields/pick';
import { own, sets } from '../../form/field';
import { ids } from '../../form/lists';
import type { Resource } from '../../form/operation';

const collection = pick('params.entity_collection_id', 'collectionId', 'Collection', 'searchCollections');

const entityId = sets('params.entity_id', {
  displayName: 'Entity ID',
  name: 'entityId',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. 6298d673f1090f1100476d4c',
});

const collectionName = own(
  {
    displayName: 'Collection Name',
    name: 'collectionName',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. team',
    description: 'The collection that contains the entity. It is created if there is none with this name.',
  },
  (value) => value,
);

const wait = own(
  {
    displayName: 'Wait Until Ready',
    name: 'waitUntilReady',
    type: 'boolean',
    default: true,
    description: 'Whether to wait until the entity can be searched for',
  },
  flag,
);

/** People and things that a search can find. */
export const entity: Resource = {
  value: 'entity',
  name: 'Entity',
  default: 'create',
  operations: [
    {
      value: 'create',
      name: 'Create',
      action: 'Create an entity',
      description: 'Describe a person or a thing by images, so that a search finds it',
      form: [
        collectionName,
        sets('params.name', {
          displayName: 'Name',
          name: 'entityName',
          type: 'string',
          default: '',
          required: true,
          placeholder: 'e.g. Ada',
        }),
        sets(
          'params.asset_ids',
          {
            displayName: 'Image Asset IDs',
            name: 'assetIds',
            type: 'string',
            default: '',
            required: true,
            placeholder: 'e.g. 6298d673f1090f1100476d4c, 6298d673f1090f1100476d4d',
            description:
              'Assets with images of the entity: comma-separated IDs, or an expression that returns an array',
          },
          ids,
        ),
        wait,
      ],
      async run(call) {
        const { _id } = await call.core(getOrCreateEntityCollection, {
          params: { name: call.form.get(collectionName) },
        });
        const params = { ...call.form.params, entity_collection_id: _id };
        const options = { waitUntilReady: call.form.get(wait) };
        return [{ ...(await call.core(createEntity, { params, options })), entity_collection_id: _id }];
      },
    },
    {
      value: 'delete',
      name: 'Delete',
      action: 'Delete an entity',
      description: 'Delete an entity; its images remain',
      form: [collection, entityId],
      async run(call) {
        await call.core(deleteEntity);
        return [{ deleted: true, _id: call.form.params.entity_id }];
      },
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get an entity',
      description: 'Get an entity with its status and images',
      form: [collection, entityId],
      run: async (call) => [await call.core(retrieveEntity)],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many entities',
      description: 'Get many entities of a collection',
      form: [collection, ...paging],
      run: (call) => call.all(listAllEntities),
    },
  ],
};
