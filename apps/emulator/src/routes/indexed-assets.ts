import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { pageOf, repeatable, sorted } from '../http/paging.ts';
import { booleanText, validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { assetFacts } from '../jobs/media-source.ts';
import { stages } from '../progress.ts';
import { missedRequirement } from '../requirements.ts';
import type { IndexedAssetRecord, IndexRecord } from '../store/indexes.ts';
import { findRecord } from './find.ts';
import { indexedAssetDetailJson, indexedAssetJson, indexedAssetStatus } from './indexed-asset-json.ts';
import { indexedAssetFilter } from './indexed-asset-query.ts';
import { mergedMetadata, replacedMetadata, userMetadataInput } from './user-metadata-schema.ts';

const createBody = z.strictObject({
  asset_id: z.string(),
  enable_video_stream: z.boolean().default(false),
  user_metadata: userMetadataInput.optional(),
});

const retrieveQuery = z.strictObject({
  embedding_option: repeatable(z.enum(['visual', 'audio', 'transcription'])),
  transcription: booleanText.default(false),
});

const updateBody = z.strictObject({ user_metadata: userMetadataInput.default({}) });

interface ByIndex {
  Params: { index: string };
}

interface ById {
  Params: { index: string; id: string };
}

/** `/indexes/{index-id}/indexed-assets`. */
export function indexedAssetRoutes(app: FastifyInstance, context: Context): void {
  const { store } = context;
  const path = '/indexes/:index/indexed-assets';
  const indexOf = ({ params }: { params: { index: string } }): IndexRecord =>
    findRecord(store.indexes, params.index, 'index-id');
  const find = (request: { params: { index: string; id: string } }): IndexedAssetRecord =>
    findRecord(store.indexedAssets, request.params.id, 'indexed-asset-id', indexOf(request).id);

  app.post<ByIndex>(path, async (request, reply) => {
    const index = indexOf(request);
    const body = validate(createBody, request.body ?? {});
    const facts = assetFacts(context, body.asset_id, 'asset_id');
    const now = context.clock.now();
    const record: IndexedAssetRecord = {
      id: newId(now),
      parent: index.id,
      created_at: now,
      asset_id: body.asset_id,
      facts,
      enable_video_stream: body.enable_video_stream,
      user_metadata: replacedMetadata(body.user_metadata ?? {}),
      fits: missedRequirement(facts, 'index') === undefined,
    };
    store.indexedAssets.insert(record);
    context.progress.begin(stages.index.length);
    derive(context, index, record);
    return reply.code(202).send({ _id: record.id, asset_id: record.asset_id });
  });

  app.get<ByIndex>(path, async (request) => {
    const index = indexOf(request);
    const query = indexedAssetFilter(request.query as Record<string, unknown>);
    const found = store.indexedAssets
      .all(index.id)
      .filter((record) => query.matches(record, indexedAssetStatus(context, record)));
    const newestFirst = sorted(found, query.sort_option ?? 'desc', (record) =>
      query.sort_by === 'updated_at' ? indexedAssetStatus(context, record).since : record.created_at,
    );
    return pageOf(newestFirst, query, (record) => indexedAssetJson(context, record));
  });

  app.get<ById>(`${path}/:id`, async (request) => {
    const query = validate(retrieveQuery, request.query);
    return indexedAssetDetailJson(context, find(request), query, request.origin);
  });

  app.patch<ById>(`${path}/:id`, async (request, reply) => {
    const record = find(request);
    const { user_metadata } = validate(updateBody, request.body ?? {});
    store.indexedAssets.update(record.id, {
      user_metadata: mergedMetadata(record.user_metadata, user_metadata),
    });
    return reply.code(200).send();
  });

  app.delete<ById>(`${path}/:id`, async (request, reply) => {
    store.indexedAssets.delete(find(request).id);
    return reply.code(200).send();
  });
}

/** Has the stream and the thumbnail made that indexing was asked for, unless the asset has them. */
function derive(context: Context, index: IndexRecord, record: IndexedAssetRecord): void {
  const asset = context.assets.get(record.asset_id);
  if (asset === undefined) return;
  const changes = {
    ...(record.enable_video_stream && asset.hls === null && { hls: { status: 'pending' } as const }),
    ...(index.addons.includes('thumbnail') &&
      asset.thumbnail === null && { thumbnail: { status: 'pending' } as const }),
  };
  if (Object.keys(changes).length === 0) return;
  context.assets.update(asset.id, changes);
  void context.jobs.start({ ...asset, ...changes });
}
