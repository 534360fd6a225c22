import { deleteEntity, listAllEntities, retrieveEntity } from '@twelvelabs-nodes/core';
import { sets } from '../../form/field';
import { someText } from '../../form/lists';
import type { Resource } from '../../form/operation';
import { deleting, getting, gettingMany } from '../usual';
import { addImages } from './addImages';
import { create } from './create';
import { collection, entityId } from './fields';

const nameContains = sets(
  'params.name',
  {
    displayName: 'Name Contains',
    name: 'entityName',
    type: 'string',
    default: '',
    placeholder: 'e.g. Ada',
    description: 'Only entities with this text in their name',
  },
  someText,
);

/** People and things that a search can find. */
export const entity: Resource = {
  value: 'entity',
  name: 'Entity',
  default: 'create',
  operations: [
    addImages,
    create,
    deleting(
      { action: 'Delete an entity', description: 'Delete an entity; its images remain' },
      [collection, entityId],
      deleteEntity,
      'entity_id',
    ),
    getting(
      { action: 'Get an entity', description: 'Get an entity with its status and images' },
      [collection, entityId],
      retrieveEntity,
    ),
    gettingMany(
      { action: 'Get many entities', description: 'Get many entities of a collection' },
      [collection],
      [nameContains],
      listAllEntities,
    ),
  ],
};
