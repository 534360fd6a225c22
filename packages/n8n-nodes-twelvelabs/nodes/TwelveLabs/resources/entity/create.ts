import { createEntity, type Entity, waitForEntity } from '@twelvelabs-nodes/core';
import { metadata } from '../../fields/metadata';
import { idToCheck } from '../../fields/pick';
import { waitLimit, waitSwitch } from '../../fields/waiting';
import { group, sets } from '../../form/field';
import type { Call, Operation } from '../../form/operation';
import { chosenCollection, collectionOrName } from './fields';
import { imageFields, imagesKey, imagesOf } from './images';

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
      metadata({ description: 'Metadata to store with the entity' }, 'params.metadata'),
      imagesKey,
      waitLimit('options.waitUntilReady.maxWait'),
    ]),
  ],
  async run(call) {
    const params = call.form.paramsWithout('file', 'asset_ids', 'entity_collection_id');
    const { waitUntilReady: waiting = {} } = call.form.options;
    const limits = call.form.get(wait) === true ? (waiting as object) : undefined;
    const collection = idToCheck(call.form.params.entity_collection_id);
    const asset_ids = await imagesOf(call, {
      check: async (images) => [
        ...(await chosenCollection.check(call)),
        ...(await createEntity.check(
          { ...params, asset_ids: images, entity_collection_id: collection },
          { waitUntilReady: limits ?? false },
        )),
      ],
      mustExist: () => chosenCollection.mustExist(call),
    });
    const entity_collection_id = await chosenCollection.id(call);
    const entity = await entityOf(call, { ...params, asset_ids, entity_collection_id }, limits);
    return [{ ...entity, entity_collection_id }];
  },
};

/** The new entity; a further try waits for the one that an earlier try created. @param limits of the wait, if any */
async function entityOf(
  call: Call,
  params: { readonly entity_collection_id: unknown; readonly [name: string]: unknown },
  limits: object | undefined,
): Promise<Entity> {
  const request = JSON.stringify(params);
  const known = call.memory.found(request);
  if (known && limits) {
    const { entity_collection_id } = params;
    const onStatus = () => call.onWaiting(`entity ${known.id}`);
    return call.core(waitForEntity, {
      params: { entity_collection_id, entity_id: known.id },
      options: { ...limits, onStatus },
    });
  }
  const onEntity = ({ _id: id }: Entity) => {
    call.memory.add(request, { resource: 'entity', id });
    call.onWaiting(`entity ${id}`);
  };
  return call.core(createEntity, { params, options: { waitUntilReady: limits ?? false, onEntity } });
}
