import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { AssetRecord } from '../asset-record.ts';
import type { Context } from '../context.ts';
import { invalid, notFound, PlatformError } from '../errors.ts';
import { pageInfo, pageOf, pagingQuery, repeatable } from '../http/paging.ts';
import { booleanText, validate } from '../http/validate.ts';
import { isId } from '../ids.ts';
import type { IndexedAssetRecord } from '../store/indexes.ts';
import { assetDetailJson, assetJson } from './asset-json.ts';
import { createAsset } from './create-asset.ts';
import { entityJson } from './entity-json.ts';

const listQuery = z.strictObject({
  ...pagingQuery,
  asset_ids: repeatable(z.string()),
  asset_types: repeatable(z.enum(['image', 'video', 'audio'])),
  filename: z.string().optional(),
});

const transcriptionQuery = z.strictObject({ include: repeatable(z.string()) });

const pagedQuery = z.strictObject(pagingQuery);

const deleteQuery = z.strictObject({
  force: booleanText.default(false),
});

interface ById {
  Params: { id: string };
}

/**
 * The asset that a path names.
 *
 * @throws {PlatformError} 400 when that is no identifier, 404 when no asset has it.
 */
export function findAsset(context: Context, id: string): AssetRecord {
  if (!isId(id)) throw invalid('asset_id', 'It has to be an identifier of 24 hexadecimal digits.');
  const asset = context.assets.get(id);
  if (asset === undefined) throw notFound(id);
  return asset;
}

/** `/assets` and what belongs to one asset. */
export function assetRoutes(app: FastifyInstance, context: Context): void {
  app.post('/assets', async (request, reply) => {
    const asset = await createAsset(context, {
      body: request.bodyStream,
      headers: request.headers,
      isOvertaken: request.isOvertaken,
      onForm: (parts) => context.journal.addForm(request.entry, parts),
    });
    return reply.code(201).send(assetJson(asset));
  });

  app.get('/assets', async (request) => {
    const query = validate(listQuery, request.query);
    const { assets, total } = context.assets.list(
      { ids: query.asset_ids, kinds: query.asset_types, filename: query.filename },
      { page: query.page, limit: query.page_limit },
    );
    return {
      data: assets.map((asset) => assetDetailJson(asset, request.origin)),
      page_info: pageInfo(query.page, query.page_limit, total),
    };
  });

  app.get<ById>('/assets/:id', async (request) =>
    assetDetailJson(findAsset(context, request.params.id), request.origin),
  );

  app.delete<ById>('/assets/:id', async (request, reply) => {
    const { force } = validate(deleteQuery, request.query);
    const asset = findAsset(context, request.params.id);
    const references = indexedAs(context, asset.id).length;
    if (references > 0 && !force) {
      throw new PlatformError(
        409,
        'asset_has_references',
        `The asset ${asset.id} is referenced by ${references} indexed asset(s). Set force=true to delete it anyway.`,
      );
    }
    await context.jobs.cancel(asset.id);
    context.assets.delete(asset.id);
    await context.files.remove(asset.id);
    const upload = context.uploads.byAsset(asset.id);
    if (upload !== undefined) {
      if (upload.status === 'active') context.uploads.setStatus(upload.id, 'failed', context.clock.now());
      await context.files.removeChunks(upload.id);
    }
    return reply.code(200).send();
  });

  app.get<ById>('/assets/:id/indexed-assets', async (request) => {
    const query = validate(pagedQuery, request.query);
    const asset = findAsset(context, request.params.id);
    return pageOf(indexedAs(context, asset.id), query, ({ id, parent }) => ({
      _id: id,
      index: { _id: parent, name: context.store.indexes.get(parent ?? '')?.name },
    }));
  });

  app.get<ById>('/assets/:id/entities', async (request) => {
    const query = validate(pagedQuery, request.query);
    const asset = findAsset(context, request.params.id);
    const entities = context.store.entities.all().filter(({ asset_ids }) => asset_ids.includes(asset.id));
    return pageOf(entities, query, (entity) => entityJson(context, entity));
  });

  // Not in the published description, but the official SDK asks for it; 404 is what it takes for "has none".
  app.get<ById>('/assets/:id/transcription', async (request) => {
    validate(transcriptionQuery, request.query);
    const asset = findAsset(context, request.params.id);
    throw new PlatformError(404, 'resource_not_exist', `The asset ${asset.id} has no transcription.`);
  });
}

/** What indexes refer to an asset as. */
function indexedAs({ store }: Context, assetId: string): IndexedAssetRecord[] {
  return store.indexedAssets.all().filter(({ asset_id }) => asset_id === assetId);
}
