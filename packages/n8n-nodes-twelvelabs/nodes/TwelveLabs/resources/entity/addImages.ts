import { addEntityAssets, retrieveEntity } from '@twelvelabs-nodes/core';
import { group } from '../../form/field';
import type { Operation } from '../../form/operation';
import { collection, entityId } from './fields';
import { imageFields, imagesKey, imagesOf } from './images';

export const addImages: Operation = {
  value: 'addImages',
  name: 'Add Images',
  action: 'Add images to an entity',
  description: 'Add images to an entity, so that a search finds it more often',
  form: [collection, entityId, ...imageFields, group('Options', 'options', [imagesKey])],
  async run(call) {
    const { entity_collection_id, entity_id } = call.form.params;
    const ids = { entity_collection_id, entity_id };
    const asset_ids = await imagesOf(call, {
      check: (images) => addEntityAssets.check({ ...ids, asset_ids: images }),
      mustExist: () => call.mustExist(retrieveEntity, ids),
    });
    return [await call.core(addEntityAssets, { params: { ...ids, asset_ids }, options: {} })];
  },
};
