import { z } from 'zod/v4';
import { idParam, name, paging, sorting } from '../validation/rules.ts';
import { text } from '../validation/text.ts';
import { userMetadata } from '../validation/user-metadata.ts';

const description = text('must be a text').optional();

/** Parameters of "Create an entity collection". */
export const createCollectionParams = z.lazy(() =>
  z.strictObject({
    name: name('must be the name of the collection'),
    description,
  }),
);

/** Parameters of "Create an entity collection". */
export interface CreateEntityCollectionParams extends z.output<typeof createCollectionParams> {}

export const collectionParams = z.lazy(() => z.strictObject({ entity_collection_id: idParam }));

export const updateCollectionParams = z.lazy(() =>
  collectionParams.unwrap().extend({
    name: name('must be the new name of the collection').optional(),
    description,
  }),
);

const listed = () => ({
  ...paging,
  ...sorting('created_at', 'updated_at', 'name'),
  name: name('must be part of a name').optional(),
});

/** Filters and paging of the list of collections. */
export const listCollectionsParams = z.lazy(() => z.strictObject(listed()));

/** Filters and paging of the list of collections. */
export interface ListEntityCollectionsParams extends z.output<typeof listCollectionsParams> {}

const images = z.lazy(() =>
  z
    .array(idParam, { error: 'must be an array of ids of image assets' })
    .min(1, { error: 'must have at least one id of an image asset' }),
);

/** Parameters of "Create an entity". */
export const createEntityParams = z.lazy(() =>
  collectionParams.unwrap().extend({
    name: name('must be the name of the entity'),
    /** Images that show this entity; each has to be ready. */
    asset_ids: images,
    description,
    metadata: userMetadata.optional(),
  }),
);

/** Parameters of "Create an entity", without the id of its collection. */
export interface CreateEntityParams
  extends Omit<z.output<typeof createEntityParams>, 'entity_collection_id'> {}

export const entityParams = z.lazy(() => collectionParams.unwrap().extend({ entity_id: idParam }));

export const updateEntityParams = z.lazy(() =>
  entityParams.unwrap().extend({
    name: name('must be the new name of the entity').optional(),
    description,
    /** Replaces all metadata. */
    metadata: userMetadata.optional(),
  }),
);

/** What can be changed of an entity. */
export interface UpdateEntityParams
  extends Omit<z.output<typeof updateEntityParams>, 'entity_collection_id' | 'entity_id'> {}

/** Filters and paging of the entities in a collection. */
export const listEntitiesParams = z.lazy(() =>
  collectionParams.unwrap().extend({
    ...listed(),
    status: name('must be "processing" or "ready"').optional(),
  }),
);

/** Filters and paging of the entities in a collection, without its id. */
export interface ListEntitiesParams
  extends Omit<z.output<typeof listEntitiesParams>, 'entity_collection_id'> {}

export const entityAssetsParams = z.lazy(() => entityParams.unwrap().extend({ asset_ids: images }));
