import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { samplesDir } from '../samples.ts';

/** Files by URL, with no key. */
export async function mediaRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', async (_request, reply) => {
    // Players on other pages read manifests and segments with fetch.
    reply.header('access-control-allow-origin', '*');
  });
  await app.register(fastifyStatic, { root: samplesDir, prefix: '/samples/', index: false });
}
