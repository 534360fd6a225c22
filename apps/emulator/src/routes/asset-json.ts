import type { AssetRecord, Derived } from '../asset-record.ts';
import { timestamp } from '../clock.ts';

/** An asset as creating one answers it. */
export function assetJson(asset: AssetRecord): Record<string, unknown> {
  return {
    _id: asset.id,
    method: asset.method,
    status: asset.status,
    filename: asset.filename,
    ...(asset.file_type !== null && { file_type: asset.file_type }),
    created_at: timestamp(asset.created_at),
    ...(asset.user_metadata !== null && { user_metadata: asset.user_metadata }),
  };
}

/** An asset with all that is known of it, as retrieving and listing answer it. */
export function assetDetailJson(asset: AssetRecord, origin: string): Record<string, unknown> {
  const base = `${origin}/media/${asset.id}`;
  const ready = asset.status === 'ready';
  return {
    ...assetJson(asset),
    ...(asset.hls !== null && { hls: derivedJson(asset.hls, 'manifest_url', `${base}/hls/index.m3u8`) }),
    ...(asset.thumbnail !== null && {
      thumbnail: derivedJson(asset.thumbnail, 'representative_url', `${base}/thumbnail.jpg`),
    }),
    ...(asset.technical_metadata !== null &&
      asset.status !== 'processing' && { technical_metadata: asset.technical_metadata }),
    ...(ready && asset.size !== null && { size: asset.size }),
    ...(ready && asset.duration !== null && { duration: asset.duration }),
    ...(asset.status === 'failed' && asset.error !== null && { error: { message: asset.error } }),
  };
}

/** `error` beside the status is this emulator's own: the platform's schema has no place for the reason. */
function derivedJson(derived: Derived, urlField: string, url: string): Record<string, unknown> {
  return {
    status: derived.status,
    ...(derived.status === 'ready' && { [urlField]: url }),
    ...(derived.message !== undefined && { error: { message: derived.message } }),
  };
}
