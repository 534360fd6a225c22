import type { FastifyInstance } from 'fastify';
import { z } from 'zod/v4';
import { definedAnswers } from '../analysis/defined-answers.ts';
import { clockAdvance } from '../clock.ts';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors.ts';
import { faultRules } from '../faults/schema.ts';
import { validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { factsOfAsset } from '../media/facts.ts';
import { findAsset } from './assets.ts';

const referenceBody = z.strictObject({
  asset_id: z.string(),
  index_id: z.string().min(1),
  index_name: z.string().min(1).default('index'),
});

const clockBody = z.strictObject({ advance_ms: clockAdvance });

/** `/_emulator/...`: what tests steer the emulator with. No key; not for web pages of other origins. */
export function adminRoutes(app: FastifyInstance, context: Context): void {
  app.addHook('onRequest', async (request) => {
    const { origin } = request.headers;
    // A page anywhere on the web can make a browser post to localhost.
    if (origin !== undefined && origin !== `http://${request.headers.host}`) {
      throw new PlatformError(403, 'api_not_allowed', 'Other origins may not use the control endpoints.');
    }
  });

  app.get('/requests', async () => ({ data: context.journal.entries() }));

  app.post('/faults', async (request, reply) => {
    context.faults.add(validate(faultRules, request.body ?? {}));
    return reply.code(201).send({ data: context.faults.list() });
  });
  app.get('/faults', async () => ({ data: context.faults.list() }));
  app.delete('/faults', async (_request, reply) => {
    context.faults.clear();
    return reply.code(200).send();
  });

  app.post('/answers', async (request, reply) => {
    context.definedAnswers.add(validate(definedAnswers, request.body ?? {}));
    return reply.code(201).send({ data: context.definedAnswers.list() });
  });
  app.get('/answers', async () => ({ data: context.definedAnswers.list() }));
  app.delete('/answers', async (_request, reply) => {
    context.definedAnswers.clear();
    return reply.code(200).send();
  });

  app.post('/reset', async () => {
    await context.reset();
    return {};
  });

  app.post('/references', async (request, reply) => {
    const body = validate(referenceBody, request.body ?? {});
    const asset = findAsset(context, body.asset_id);
    const now = context.clock.now();
    const { store } = context;
    if (store.indexes.get(body.index_id) === undefined) {
      const models = [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }] as const;
      const index = { id: body.index_id, parent: null, name: body.index_name, models, addons: [] };
      store.indexes.insert({ ...index, created_at: now, updated_at: now });
    }
    const reference = { id: newId(now), parent: body.index_id, created_at: now, asset_id: asset.id };
    store.indexedAssets.insert({
      ...reference,
      facts: factsOfAsset(asset),
      enable_video_stream: false,
      user_metadata: null,
      fits: true,
    });
    return reply.code(201).send({ _id: reference.id, ...body });
  });

  app.post('/clock', async (request) => {
    context.clock.advance(validate(clockBody, request.body ?? {}).advance_ms);
    return { now: new Date(context.clock.now()).toISOString() };
  });
}
