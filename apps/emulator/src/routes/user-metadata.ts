import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { validate } from '../http/validate.ts';
import { findAsset } from './assets.ts';
import { mergedMetadata, replacedMetadata, userMetadataInput } from './user-metadata-schema.ts';

const body = z.strictObject({ user_metadata: userMetadataInput });

interface ById {
  Params: { id: string };
}

/** `/assets/{asset_id}/user-metadata`. */
export function userMetadataRoutes(app: FastifyInstance, context: Context): void {
  const path = '/assets/:id/user-metadata';

  app.patch<ById>(path, async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    const { user_metadata } = validate(body, request.body ?? {});
    context.assets.update(asset.id, { user_metadata: mergedMetadata(asset.user_metadata, user_metadata) });
    return reply.code(200).send();
  });

  app.put<ById>(path, async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    const { user_metadata } = validate(body, request.body ?? {});
    context.assets.update(asset.id, { user_metadata: replacedMetadata(user_metadata) });
    return reply.code(200).send();
  });

  app.delete<ById>(path, async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    context.assets.update(asset.id, { user_metadata: null });
    return reply.code(200).send();
  });
}
