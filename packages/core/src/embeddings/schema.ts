import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { pageInfo } from '../validation/page-info.ts';
import { id, openEnum } from '../validation/rules.ts';

/** Four hours of video have some ten thousand clips. */
const MOST = 1_000_000;

/** A vector: that every number is one is not checked, because four hours of video have millions of them. */
const vector = z.custom<number[]>(Array.isArray, { error: 'must be a list of numbers' });

const embedding = z.lazy(() =>
  z.looseObject({
    embedding: vector,
    /** `visual`, `audio`, `transcription` or `fused`; of a clip or of all. */
    embedding_option: z.string().nullish(),
    embedding_scope: z.string().nullish(),
    /** Seconds. */
    start_sec: z.number().nullish(),
    end_sec: z.number().nullish(),
  }),
);

/** One vector: more fields than these, and other values, pass through untouched. */
export interface Embedding extends z.output<typeof embedding> {}

const embeddings = z.lazy(() => z.array(embedding, { error: 'must be a list of embeddings' }).max(MOST));

/** Embeddings, as the platform sent them. Source: the published description of `EmbeddingSuccessResponse`. */
export const embeddingResult = z.lazy(() =>
  z.looseObject({
    data: embeddings,
    metadata: z.looseObject({}).nullish(),
  }),
);

/** Embeddings, as the platform sent them. */
export interface EmbeddingResult extends z.output<typeof embeddingResult> {}

/** An embedding task, kept for seven days. Source: the published description of `EmbeddingTaskResponse`. */
export const embeddingTask = z.lazy(() =>
  z.looseObject({
    _id: id,
    status: openEnum('processing', 'ready', 'failed').nullish(),
    /** Once it is ready. */
    data: embeddings.nullish(),
    metadata: z.looseObject({}).nullish(),
    error: z.looseObject({ message: z.string().nullish() }).nullish(),
    /** RFC 3339. */
    created_at: z.string().nullish(),
    updated_at: z.string().nullish(),
  }),
);

/** An embedding task: more fields than these, and other values, pass through untouched. */
export interface EmbeddingTask extends z.output<typeof embeddingTask> {}

/** One page of embedding tasks, without their embeddings. */
export const embeddingTaskPage = z.lazy(() =>
  z.looseObject({ data: listOf(embeddingTask), page_info: pageInfo }),
);

/** One page of embedding tasks, without their embeddings. */
export interface EmbeddingTaskPage extends z.output<typeof embeddingTaskPage> {}
