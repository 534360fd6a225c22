import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { invalid, notFound, PlatformError } from '../errors.ts';
import { whileConnected } from '../http/connected.ts';
import { type FilePart, parseForm } from '../http/form.ts';
import { booleanText, validate } from '../http/validate.ts';
import { newId } from '../ids.ts';
import { mediaFacts, probedFacts } from '../jobs/media-source.ts';
import type { FormPart } from '../journal/journal.ts';
import { madeUpClips } from '../made-up/clips.ts';
import { knownText } from '../made-up/words.ts';
import type { MediaFacts } from '../media/facts.ts';
import { missedRequirement } from '../requirements.ts';
import { passesFilter } from '../search/filter.ts';
import { type SearchRequest, searchRequest } from '../search/request.ts';
import { pagesExpireMs, readPageToken, searchPage } from '../search/results.ts';
import type { IncomingFile } from '../store/files.ts';
import type { IndexRecord } from '../store/indexes.ts';
import type { SearchRecord } from '../store/searches.ts';
import { entityStatus } from './entity-json.ts';
import { findRecord } from './find.ts';
import { indexedAssetStatus } from './indexed-asset-json.ts';

const pageQuery = z.strictObject({
  include_user_metadata: booleanText.optional(),
});

const dayMs = 24 * 3_600_000;

interface ByToken {
  Params: { token: string };
}

/** `/search`: a query, and the later pages of its results. */
export function searchRoutes(app: FastifyInstance, context: Context): void {
  const { clock, store } = context;

  app.post('/search', { config: { emptyRateLimit: true } }, async (request, reply) => {
    const { parts, images } = await readForm(context, request);
    const query = searchRequest(parts);
    const index = findRecord(store.indexes, query.index_id, 'index_id');
    requireOptions(index, query);
    for (const url of query.query_media_url) {
      images.push(await mediaFacts(context, { url }, 'query_media_url', whileConnected(reply)));
    }
    for (const image of images) {
      const missed = missedRequirement(image, 'image');
      if (missed !== undefined) throw missed;
    }
    const videos = store.indexedAssets
      .all(index.id)
      .filter((video) => indexedAssetStatus(context, video).status === 'ready');
    const { query_text = '' } = query;
    const asked = withEntityNames(context, query_text);
    const text = [asked, ...images.map((image) => knownText(image))].join(' ');
    const found = videos.filter((video) => passesFilter(video, query.filter));
    const now = clock.now();
    const search: SearchRecord = {
      id: newId(now),
      parent: index.id,
      created_at: now,
      group_by: query.group_by,
      page_limit: query.page_limit,
      include_user_metadata: query.include_user_metadata,
      thumbnails: index.addons.includes('thumbnail'),
      clips: madeUpClips(found, { text, hasEntity: asked !== query_text }, query),
      pool: {
        total_count: videos.length,
        total_duration: videos.reduce((sum, { facts }) => sum + (facts.duration ?? 0), 0),
        index_id: index.id,
      },
    };
    // Expired ones are kept for a day, so that their tokens are known as expired.
    store.searches.deleteBefore(now - dayMs);
    store.searches.insert(search);
    const { origin } = request;
    return searchPage(context, search, 1, { origin, withMetadata: query.include_user_metadata });
  });

  app.get<ByToken>('/search/:token', async (request) => {
    const { include_user_metadata } = validate(pageQuery, request.query);
    const found = readPageToken(context, request.params.token);
    if (found === undefined) throw invalid('page-token', 'There is no such page.');
    const { search, page } = found;
    if (clock.now() >= search.created_at + pagesExpireMs) {
      throw new PlatformError(
        400,
        'search_page_token_expired',
        'The specified page token has expired. Make a new search request.',
      );
    }
    const withMetadata = include_user_metadata ?? search.include_user_metadata;
    return searchPage(context, search, page, { origin: request.origin, withMetadata });
  });
}

/** Reads the form and what probing finds in its images, of which nothing is kept. */
async function readForm(
  context: Context,
  request: FastifyRequest,
): Promise<{ parts: FormPart[]; images: MediaFacts[] }> {
  const files = new Map<FilePart, IncomingFile>();
  try {
    const parts = await parseForm(request.bodyStream, request.headers, async (part, chunk) => {
      const file = files.get(part) ?? (await context.files.create());
      files.set(part, file);
      if (file.size + chunk.length > context.options.limits.multipartImage) {
        throw invalid(part.name, 'Images may have up to 32 MB.');
      }
      await file.write(chunk);
    });
    context.journal.addForm(request.entry, parts);
    const images: MediaFacts[] = [];
    for (const [part, file] of files) {
      images.push(await probedFacts(context, file, part.filename ?? 'image', part.name));
    }
    return { parts, images };
  } finally {
    await Promise.all([...files.values()].map((file) => file.discard()));
  }
}

function requireOptions(index: IndexRecord, { search_options }: SearchRequest): void {
  const enabled: string[] = index.models.flatMap(({ model_options }) => model_options);
  for (const option of search_options) {
    // Spoken words are part of the sound.
    if (enabled.includes(option === 'transcription' ? 'audio' : option)) continue;
    throw new PlatformError(
      400,
      'search_option_not_supported',
      `Search option ${option} is not supported for index ${index.id}. Please use one of the following: ${enabled.join(', ')}.`,
    );
  }
}

/** Replaces `<@entity_id>` by the name of the entity. */
function withEntityNames(context: Context, text: string): string {
  return text.replaceAll(/<@([^>]*)>/g, (_reference, id: string) => {
    const entity = context.store.entities.get(id);
    if (entity === undefined) throw notFound(id);
    if (entityStatus(context, entity) !== 'ready') {
      throw invalid('query_text', `The entity ${id} is processing; it has to be ready.`);
    }
    return entity.name;
  });
}
