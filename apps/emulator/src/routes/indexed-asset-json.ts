import type { Derived } from '../asset-record.ts';
import { timestamp } from '../clock.ts';
import type { Context } from '../context.ts';
import { spans } from '../made-up/spans.ts';
import { madeUpTranscription } from '../made-up/speech.ts';
import { madeUpVector } from '../made-up/vector.ts';
import { knownText } from '../made-up/words.ts';
import { stages } from '../progress.ts';
import type { IndexedAssetRecord } from '../store/indexes.ts';

/** Seconds of one embedding. Source: "Retrieve an indexed asset": 2 to 10. */
const segmentLength = 6;

type Status = 'pending' | 'queued' | 'indexing' | 'ready' | 'failed';

/** How far indexing has come, and since when. */
export function indexedAssetStatus(
  { progress }: Context,
  record: IndexedAssetRecord,
): { status: Status; since: number; isOver: boolean } {
  return progress.at(stages.index, record.fits ? 'ready' : 'failed', record.created_at);
}

/** An indexed asset as lists answer it. */
export function indexedAssetJson(context: Context, record: IndexedAssetRecord): Record<string, unknown> {
  const { status, since, isOver } = indexedAssetStatus(context, record);
  const { filename, duration, fps, width, height, size } = record.facts;
  return {
    _id: record.id,
    asset_id: record.asset_id,
    created_at: timestamp(record.created_at),
    updated_at: timestamp(since),
    ...(isOver && { indexed_at: timestamp(since) }),
    status,
    system_metadata: {
      filename,
      ...(duration !== null && { duration }),
      ...(fps !== null && { fps }),
      ...(width !== null && { width }),
      ...(height !== null && { height }),
      size,
    },
  };
}

/** An indexed asset with what was asked for, as retrieving one answers it. */
export function indexedAssetDetailJson(
  context: Context,
  record: IndexedAssetRecord,
  query: { embedding_option?: readonly string[] | undefined; transcription: boolean },
  origin: string,
): Record<string, unknown> {
  const isReady = indexedAssetStatus(context, record).status === 'ready';
  return {
    ...indexedAssetJson(context, record),
    ...(record.user_metadata !== null && { user_metadata: record.user_metadata }),
    ...(record.enable_video_stream && { hls: hlsJson(context, record, origin) }),
    ...(isReady && query.transcription && { transcription: madeUpTranscription(record.facts) }),
    ...(isReady &&
      query.embedding_option !== undefined && {
        embedding: {
          model_name: 'marengo3.0',
          video_embedding: { segments: query.embedding_option.flatMap((option) => segments(record, option)) },
        },
      }),
  };
}

function segments(record: IndexedAssetRecord, option: string): Record<string, unknown>[] {
  const text = knownText(record.facts, record.user_metadata);
  return spans({ start: 0, end: record.facts.duration ?? 0 }, segmentLength).map(({ start, end }) => ({
    float: madeUpVector(text, `${option} ${start}`),
    start_offset_sec: start,
    end_offset_sec: end,
    embedding_option: option,
    embedding_scope: 'clip',
  }));
}

const hlsStatus = {
  pending: 'PROCESSING',
  processing: 'PROCESSING',
  ready: 'COMPLETE',
  error: 'ERROR',
} as const;

function hlsJson(context: Context, record: IndexedAssetRecord, origin: string): Record<string, unknown> {
  const asset = context.assets.get(record.asset_id);
  const base = `${origin}/media/${record.asset_id}`;
  const isReady = (derived: Derived | null | undefined): boolean => derived?.status === 'ready';
  return {
    ...(isReady(asset?.hls) && { video_url: `${base}/hls/index.m3u8` }),
    thumbnail_urls: isReady(asset?.thumbnail) ? [`${base}/thumbnail.jpg`] : [],
    // The stream goes away with the asset.
    status: asset === undefined ? 'CANCELED' : hlsStatus[asset.hls?.status ?? 'error'],
    updated_at: timestamp(indexedAssetStatus(context, record).since),
  };
}
