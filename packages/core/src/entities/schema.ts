import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { pageInfo } from '../validation/page-info.ts';
import { id, openEnum } from '../validation/rules.ts';

/** A collection of entities, as the platform sent it. Source: the published description of `EntityCollection`. */
export const entityCollection = z.lazy(() =>
  z.looseObject({
    _id: id,
    name: z.string().nullish(),
    description: z.string().nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
  }),
);

/** A collection of entities: more fields than these pass through untouched. */
export interface EntityCollection extends z.output<typeof entityCollection> {}

/** One page of collections. */
export const entityCollectionPage = z.lazy(() =>
  z.looseObject({ data: listOf(entityCollection), page_info: pageInfo }),
);

/** One page of collections. */
export interface EntityCollectionPage extends z.output<typeof entityCollectionPage> {}

/** A person or a thing that search can find, as the platform sent it. Source: the published description of `Entity`. */
export const entity = z.lazy(() =>
  z.looseObject({
    _id: id,
    entity_collection_id: z.string().nullish(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    metadata: z.record(z.string(), z.unknown()).nullish(),
    /** The images that show this entity. */
    asset_ids: listOf(z.string()).nullish(),
    status: openEnum('processing', 'ready').nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
  }),
);

/** A person or a thing that search can find: more fields than these, and other values, pass through untouched. */
export interface Entity extends z.output<typeof entity> {}

/** One page of entities. */
export const entityPage = z.lazy(() => z.looseObject({ data: listOf(entity), page_info: pageInfo }));

/** One page of entities. */
export interface EntityPage extends z.output<typeof entityPage> {}
