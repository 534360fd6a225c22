import type { FastifyInstance } from 'fastify';
import type { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { embedBody } from '../embeddings/request.ts';
import {
  type Embedding,
  plainEmbedding,
  sourceMetadata,
  timedEmbeddings,
  timedMetadata,
} from '../embeddings/timed.ts';
import { invalid } from '../errors.ts';
import { whileConnected } from '../http/connected.ts';
import { validate } from '../http/validate.ts';
import { jsonWithFileLimit, type MediaSource, mediaFacts } from '../jobs/media-source.ts';
import { knownText } from '../made-up/words.ts';
import type { MediaFacts } from '../media/facts.ts';
import { missedRequirement, type RequirementName } from '../requirements.ts';

interface Embedded {
  readonly data: readonly Embedding[];
  readonly metadata?: Record<string, unknown>;
}

/** `POST /embed-v2`: embeddings at once. */
export function embedRoutes(app: FastifyInstance, context: Context): void {
  const config = { errorShape: 'nested-upper-case' } as const;
  app.post('/embed-v2', { bodyLimit: jsonWithFileLimit, config }, async (request, reply) => {
    const body = validate(embedBody, request.body ?? {});
    return embed(context, body, whileConnected(reply));
  });
}

async function embed(
  context: Context,
  body: z.output<typeof embedBody>,
  signal: AbortSignal,
): Promise<Embedded> {
  const { input_type } = body;
  const fileOf = (source: MediaSource, field: string, requirement: RequirementName): Promise<MediaFacts> =>
    embeddableFile(context, source, `${field}.media_source`, requirement, signal);
  switch (input_type) {
    case 'text':
      return { data: [plainEmbedding(body.text.input_text)] };
    case 'image': {
      const source = body.image.media_source;
      const image = await fileOf(source, input_type, 'image');
      return {
        data: [plainEmbedding(knownText(image))],
        metadata: { input_type, ...sourceMetadata(source, image) },
      };
    }
    case 'text_image': {
      const { media_source: source, input_text } = body.text_image;
      const image = await fileOf(source, input_type, 'image');
      return {
        data: [plainEmbedding(`${input_text} ${knownText(image)}`)],
        metadata: { input_type, ...sourceMetadata(source, image) },
      };
    }
    case 'multi_input': {
      const { input_text = '', media_sources } = body.multi_input;
      const names = new Set(media_sources.map(({ name }) => name));
      for (const [, name] of input_text.matchAll(/<@([^>]+)>/g)) {
        if (!names.has(name))
          throw invalid('multi_input.input_text', `There is no media source named ${name}.`);
      }
      const texts = [input_text];
      for (const source of media_sources) texts.push(knownText(await fileOf(source, input_type, 'image')));
      return { data: [plainEmbedding(texts.join(' '))], metadata: { input_type } };
    }
    case 'audio': {
      const facts = await fileOf(body.audio.media_source, input_type, 'embed');
      return {
        data: timedEmbeddings(body.audio, facts, input_type),
        metadata: timedMetadata(input_type, body.audio, facts),
      };
    }
    case 'video': {
      const facts = await fileOf(body.video.media_source, input_type, 'embed');
      return {
        data: timedEmbeddings(body.video, facts, input_type),
        metadata: timedMetadata(input_type, body.video, facts),
      };
    }
  }
}

/**
 * The file that a request names, if it can be embedded.
 *
 * @throws {PlatformError} 400 when there is none, or when it misses a requirement.
 */
export async function embeddableFile(
  context: Context,
  source: MediaSource,
  field: string,
  requirement: RequirementName,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const facts = await mediaFacts(context, source, field, signal, 400);
  const missed = missedRequirement(facts, requirement);
  if (missed !== undefined) throw missed;
  return facts;
}
