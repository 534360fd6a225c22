import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { notFound } from '../errors.ts';
import { samplesDir } from '../samples.ts';
import { findAsset } from './assets.ts';

interface ById {
  Params: { id: string; '*': string };
}

/**
 * Files by URL, with no key, as the platform's storage serves them: `/media/{asset_id}/original`, `/thumbnail.jpg`,
 * `/hls/...`; and the sample media under `/samples/`.
 */
export async function mediaRoutes(app: FastifyInstance, context: Context): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    // Players on other pages read manifests and segments with fetch.
    reply.header('access-control-allow-origin', '*');
    // What somebody uploaded is shown, never run.
    reply.header('x-content-type-options', 'nosniff');
    reply.header('content-security-policy', "sandbox; default-src 'none'; media-src 'self'; img-src 'self'");
  });
  await app.register(fastifyStatic, { root: samplesDir, prefix: '/samples/', index: false });

  app.get<ById>('/media/:id/original', async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    // What was fetched from a URL and is no media may be a secret of this machine's network.
    if (asset.status !== 'ready') throw notFound(request.entry.path);
    reply.type(asset.file_type ?? 'application/octet-stream');
    return reply.sendFile(asset.id, join(context.files.root, 'files'), { contentType: false });
  });

  app.get<ById>('/media/:id/thumbnail.jpg', async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    if (asset.thumbnail?.status !== 'ready') throw notFound(request.entry.path);
    return reply.sendFile('thumbnail.jpg', context.files.derived(asset.id));
  });

  app.get<ById>('/media/:id/hls/*', async (request, reply) => {
    const asset = findAsset(context, request.params.id);
    const name = request.params['*'];
    if (asset.hls?.status !== 'ready' || !/^(index\.m3u8|segment\d+\.ts)$/.test(name))
      throw notFound(request.entry.path);
    return reply.sendFile(name, join(context.files.derived(asset.id), 'hls'));
  });
}
