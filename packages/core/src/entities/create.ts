import { z } from 'zod/v4';
import { about } from '../errors/about.ts';
import type { CallContext } from '../http/call.ts';
import { KeyedLock } from '../http/keyed-lock.ts';
import { createdSince, orFind } from '../http/lost-answer.ts';
import { type Operation, operation } from '../http/operation.ts';
import { type Paging, pages } from '../http/pages.ts';
import { type RequestOptions, requestOptions, requestRules } from '../http/request-options.ts';
import { untilReady } from '../polling/until-ready.ts';
import { type PollOptions, pollOptions, waitOption } from '../polling/wait-options.ts';
import { callback, MAX_PAGE_LIMIT } from '../validation/rules.ts';
import {
  listEntities,
  listEntityCollections,
  postEntity,
  postEntityCollection,
  retrieveEntity,
} from './endpoints.ts';
import { createCollectionParams, createEntityParams, entityParams } from './params.ts';
import type { Entity, EntityCollection } from './schema.ts';

/** Creates a collection. Its name may exist already. */
export const createEntityCollection = operation(createCollectionParams, requestOptions, (context, params) =>
  postEntityCollection.send(context, params),
);

/** One at a time in this process for each name: the platform takes a name twice. */
const lock = new KeyedLock();

/** Finds the collection of a name, the oldest one of several, or creates one. */
export const getOrCreateEntityCollection = operation(
  createCollectionParams,
  requestOptions,
  (context, params) => {
    const find = () => findCollection(context, params.name);
    return lock.exclusive(`${context.baseUrl} ${params.name}`, context.signal, async () => {
      const existing = await find();
      return existing ?? orFind(context, () => postEntityCollection.send(context, params), find);
    });
  },
);

export interface CreateEntityOptions extends RequestOptions {
  /** Whether to wait until search can find this entity. @default false */
  readonly waitUntilReady?: boolean | PollOptions<Entity> | undefined;
  /** Called with the entity as soon as it exists, before any waiting. */
  readonly onEntity?: ((entity: Entity) => void) | undefined;
}

const createEntityOptions: z.ZodType<CreateEntityOptions> = z.lazy(() =>
  z.strictObject({
    ...requestRules,
    waitUntilReady: waitOption<Entity>(),
    onEntity: callback<(entity: Entity) => void>().optional(),
  }),
);

/** What entities need to know of assets, which are another resource. */
export interface AssetsOfEntities {
  /** Waits until an asset is ready. */
  waitForAsset(context: CallContext, asset_id: string, options: PollOptions<never>): Promise<unknown>;
}

/** Creates an entity from images, which are waited for until they are ready. */
export function createEntityWith({ waitForAsset }: AssetsOfEntities): Operation<Entity> {
  return operation(createEntityParams, createEntityOptions, async (context, params, options) => {
    const { waitUntilReady, onEntity } = options;
    const waiting = typeof waitUntilReady === 'object' ? waitUntilReady : {};
    for (const asset_id of params.asset_ids)
      await waitForAsset(context, asset_id, { ...waiting, onStatus: undefined });
    const startedAt = context.clock.now();
    const created = await orFind(
      context,
      () => postEntity.send(context, params),
      () => findEntity(context, params, startedAt),
    );
    return about({ resource: 'entity', id: created._id }, async () => {
      onEntity?.(created);
      if (!waitUntilReady) return created;
      const { entity_collection_id } = params;
      return waitForReady(context, { entity_collection_id, entity_id: created._id }, waiting, true);
    });
  });
}

/** Waits until search can find an entity. */
export const waitForEntity = operation(entityParams, pollOptions<Entity>(), (context, ids, options) =>
  waitForReady(context, ids, options),
);

function waitForReady(
  context: CallContext,
  ids: z.output<typeof entityParams>,
  options: PollOptions<Entity>,
  createdHere = false,
): Promise<Entity> {
  const subject = { resource: 'entity', id: ids.entity_id } as const;
  const read = (once: CallContext) => retrieveEntity.send(once, ids);
  return untilReady(context, subject, read, options, { createdHere });
}

async function findCollection(context: CallContext, name: string): Promise<EntityCollection | undefined> {
  const oldest = { sort_by: 'created_at', sort_option: 'asc' } as const;
  const read = (paging: Required<Paging>) =>
    listEntityCollections.send(context, { ...oldest, name, ...paging });
  for await (const found of pages(read, { key: ({ _id }) => _id })) {
    // The platform's filter may find other names as well.
    const exact = found.find((each) => each.name === name);
    if (exact) return exact;
  }
  return undefined;
}

/** The entity that a request whose answer was lost created: of the same name and images, and not older. */
async function findEntity(
  context: CallContext,
  { entity_collection_id, name, asset_ids }: z.output<typeof createEntityParams>,
  startedAt: number,
): Promise<Entity | undefined> {
  const newest = { sort_by: 'created_at', sort_option: 'desc', page_limit: MAX_PAGE_LIMIT } as const;
  const { response, data } = await listEntities.exchange(context, { ...newest, entity_collection_id, name });
  const since = createdSince(context.clock, startedAt, response.headers.date);
  return data.data.find(
    (each) =>
      each.name === name &&
      asset_ids.every((id) => each.asset_ids?.includes(id)) &&
      !(Date.parse(each.created_at ?? '') < since),
  );
}
