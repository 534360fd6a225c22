import { createEntity } from '@twelvelabs-nodes/core';
import { metadata } from '../../fields/metadata';
import { LATER } from '../../fields/uploaded';
import { waitLimit, waitSwitch } from '../../fields/waiting';
import { group, sets } from '../../form/field';
import type { Operation } from '../../form/operation';
import { collectionOf, collectionOrName } from './fields';
import { imageFields, imagesOf } from './images';

const wait = waitSwitch('Whether to wait until a search can find the entity');

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create an entity',
  description: 'Describe a person or a thing by images, so that a search finds it',
  form: [
    collectionOrName,
    sets('params.name', {
      displayName: 'Name',
      name: 'entityName',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. Ada',
    }),
    ...imageFields,
    wait,
    group('Options', 'options', [
      sets('params.description', {
        displayName: 'Description',
        name: 'description',
        type: 'string',
        default: '',
        placeholder: 'e.g. Our founder',
      }),
      metadata({ description: 'Labels to store with the entity' }, 'params.metadata'),
      waitLimit('options.wait.maxWait'),
    ]),
  ],
  async run(call) {
    const params = call.form.paramsWithout('file', 'asset_ids', 'entity_collection_id');
    const { wait: waiting = {} } = call.form.options;
    const check = (asset_ids: unknown) =>
      createEntity.check({ ...params, asset_ids, entity_collection_id: LATER }, {});
    const asset_ids = await imagesOf(call, check);
    const entity_collection_id = await collectionOf(call);
    const entity = await call.core(createEntity, {
      params: { ...params, asset_ids, entity_collection_id },
      options: {
        waitUntilReady: call.form.get(wait) === true ? waiting : false,
        onEntity: ({ _id }: { _id: string }) => call.onWaiting(`entity ${_id}`),
      },
    });
    return [{ ...entity, entity_collection_id }];
  },
};
