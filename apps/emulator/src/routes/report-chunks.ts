import { z } from 'zod/v4';
import type { Context } from '../context.ts';
import { invalid } from '../errors.ts';
import { validate } from '../http/validate.ts';
import type { UploadRecord } from '../store/uploads.ts';

const reportBody = z.strictObject({
  completed_chunks: z
    .array(
      z.strictObject({
        chunk_index: z.number().int().min(1, 'must be 1 or more'),
        proof: z.string().min(1),
        proof_type: z.enum(['etag']),
        chunk_size: z.number().int().positive(),
      }),
    )
    .min(1, 'must name at least one chunk'),
});

type Reported = z.output<typeof reportBody>['completed_chunks'][number];

/**
 * `POST /assets/multipart-uploads/{upload_id}`: takes a batch of uploaded chunks, all of it or nothing. The last one
 * completes the session and creates the asset.
 */
export function reportChunks(
  context: Context,
  upload: UploadRecord,
  input: unknown,
  origin: string,
): Record<string, unknown> {
  const { completed_chunks } = validate(reportBody, input ?? {});
  const { uploads, clock } = context;
  const accepted = new Set<number>();
  let duplicates = 0;
  for (const [position, reported] of completed_chunks.entries()) {
    if (
      isNew(context, upload, reported, `completed_chunks.${position}`) &&
      !accepted.has(reported.chunk_index)
    ) {
      accepted.add(reported.chunk_index);
    } else {
      duplicates += 1;
    }
  }
  uploads.completeChunks(upload.id, [...accepted], clock.now());
  const { completed } = uploads.counts(upload.id);
  const done = completed === upload.total_chunks;
  if (done && upload.status === 'active') complete(context, upload);
  return {
    asset_id: upload.asset_id,
    processed_chunks: accepted.size,
    duplicate_chunks: duplicates,
    total_completed: completed,
    ...(done && { url: `${origin}/media/${upload.asset_id}/original` }),
  };
}

/** Checks a reported chunk against what storage got; false when it was accepted before. */
function isNew(context: Context, upload: UploadRecord, reported: Reported, field: string): boolean {
  const { chunk_index: index } = reported;
  if (index > upload.total_chunks) {
    throw invalid(`${field}.chunk_index`, `Chunk ${index} was reported; there are ${upload.total_chunks}.`);
  }
  const chunk = context.uploads.chunk(upload.id, index);
  if (chunk?.status === 'completed') return false;
  if (chunk === undefined || chunk.status === 'failed') {
    throw invalid(`${field}.chunk_index`, `Chunk ${index} has not been uploaded.`);
  }
  const fail = (name: string, problem: string): never => {
    context.uploads.failChunk(upload.id, index, problem, context.clock.now());
    throw invalid(`${field}.${name}`, problem);
  };
  // S3 puts its ETags in quotes, and clients report them with or without.
  if (reported.proof.replaceAll('"', '').toLowerCase() !== chunk.etag) {
    fail('proof', `The ETag of chunk ${index} does not match what was uploaded. Upload it again.`);
  }
  if (reported.chunk_size !== chunk.size) {
    fail(
      'chunk_size',
      `Chunk ${index} was reported with ${reported.chunk_size} bytes and has ${chunk.size}.`,
    );
  }
  return true;
}

function complete(context: Context, upload: UploadRecord): void {
  context.uploads.setStatus(upload.id, 'completed', context.clock.now());
  const asset = context.assets.get(upload.asset_id);
  if (asset) void context.jobs.start(asset);
}
