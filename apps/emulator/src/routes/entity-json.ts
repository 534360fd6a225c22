import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { stages } from '../progress.ts';
import type { CollectionRecord, EntityRecord } from '../store/entities.ts';

export function collectionJson(collection: CollectionRecord): Record<string, unknown> {
  return {
    _id: collection.id,
    name: collection.name,
    ...(collection.description !== null && { description: collection.description }),
    created_at: timestamp(collection.created_at),
    updated_at: timestamp(collection.updated_at),
  };
}

export function entityStatus({ progress }: Context, entity: EntityRecord): 'processing' | 'ready' {
  return progress.at(stages.entity, 'ready', entity.processed_from).status;
}

export function entityJson(context: Context, entity: EntityRecord): Record<string, unknown> {
  return {
    _id: entity.id,
    entity_collection_id: entity.parent,
    name: entity.name,
    ...(entity.description !== null && { description: entity.description }),
    ...(entity.metadata !== null && { metadata: entity.metadata }),
    asset_ids: entity.asset_ids,
    status: entityStatus(context, entity),
    created_at: timestamp(entity.created_at),
    updated_at: timestamp(entity.updated_at),
  };
}
