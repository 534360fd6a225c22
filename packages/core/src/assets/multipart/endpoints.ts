import { z } from 'zod/v4';
import { endpoint } from '../../http/endpoint.ts';
import { listOf } from '../../validation/list-of.ts';
import { count, id, paging } from '../../validation/rules.ts';
import { userMetadata } from '../../validation/user-metadata.ts';

/** The endpoints of multipart uploads. Source: the published API description of `/assets/multipart-uploads`. */

const session = z.lazy(() => z.strictObject({ upload_id: id }));

const uploadUrls = z.lazy(() => listOf(z.looseObject({ chunk_index: count(1), url: z.string() })));

/** What a storage wants is a handful of short headers. */
const MAX_HEADERS = 50;
const MAX_HEADER_CHARACTERS = 8_192;
const uploadHeaders = z.lazy(() =>
  z
    .looseObject({})
    .refine((headers) => Object.keys(headers).length <= MAX_HEADERS, {
      error: `must be at most ${MAX_HEADERS} headers`,
    })
    .pipe(z.record(z.string().max(MAX_HEADER_CHARACTERS), z.string().max(MAX_HEADER_CHARACTERS))),
);

const createdSession = z.lazy(() =>
  z.looseObject({
    upload_id: id,
    asset_id: id,
    upload_urls: uploadUrls.nullish().transform((urls) => urls ?? []),
    upload_headers: uploadHeaders.nullish().transform((headers) => headers ?? {}),
    chunk_size: z.number(),
    total_chunks: z.number(),
    expires_at: z.string().nullish(),
  }),
);
export type CreatedSession = z.output<typeof createdSession>;

/** Repeatable: a session that nobody fills expires without an asset. */
export const createSession = endpoint('POST', 'assets/multipart-uploads', {
  params: z.lazy(() =>
    z.strictObject({
      filename: z.string(),
      type: z.string(),
      total_size: count(1),
      enable_hls: z.boolean().optional(),
      enable_thumbnail: z.boolean().optional(),
      user_metadata: userMetadata.optional(),
    }),
  ),
  answer: createdSession,
  repeatable: true,
});
export type SessionFields = z.output<typeof createSession.params>;

/** Presigned URLs for `count` chunks from `start`; at most 50 at once. */
export const createUrls = endpoint('POST', 'assets/multipart-uploads/{upload_id}/presigned-urls', {
  params: z.lazy(() => session.unwrap().extend({ start: count(1), count: count(1, 50) })),
  answer: z.lazy(() => z.looseObject({ upload_urls: uploadUrls })),
  repeatable: true,
});

const completedChunk = z.lazy(() =>
  z.strictObject({
    chunk_index: count(1),
    proof: z.string(),
    proof_type: z.literal('etag'),
    chunk_size: count(1),
  }),
);
export type CompletedChunk = z.output<typeof completedChunk>;

/** Repeatable: the platform ignores duplicates. */
export const reportChunks = endpoint('POST', 'assets/multipart-uploads/{upload_id}', {
  params: z.lazy(() => session.unwrap().extend({ completed_chunks: z.array(completedChunk) })),
  answer: z.lazy(() => z.looseObject({ total_completed: z.number().nullish() })),
  repeatable: true,
});

export const retrieveSession = endpoint('GET', 'assets/multipart-uploads/{upload_id}', {
  params: z.lazy(() => session.unwrap().extend(paging)),
  answer: z.lazy(() =>
    z.looseObject({
      /** `active`, `completed`, `failed`, `expired`, or what the platform adds later. */
      status: z.string(),
      uploaded_chunks: listOf(z.looseObject({ index: z.number().int(), status: z.string() }))
        .nullish()
        .transform((chunks) => chunks ?? []),
      page_info: z.looseObject({ total_page: z.number().nullish() }).nullish(),
    }),
  ),
});

/** Uploads that are not complete. */
export const listIncomplete = endpoint('GET', 'assets/multipart-uploads', {
  params: z.lazy(() => z.strictObject(paging)),
  answer: z.lazy(() =>
    z.looseObject({
      data: listOf(
        z.looseObject({
          upload_id: id,
          total_size: z.number().nullish(),
          chunk_size: z.number().nullish(),
          total_chunks: z.number().nullish(),
          created_at: z.string().nullish(),
        }),
      ),
    }),
  ),
});
