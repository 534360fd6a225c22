import type { Asset, CreateOptions, Progress } from '@twelvelabs-nodes/core';
import { formatBytes } from '@twelvelabs-nodes/core';
import type { OperationContext } from '../operation.ts';
import type { SourceParams } from './source-params.ts';

/** What a node shows, logs and notes while core creates an asset. @param release gives this message's turn back */
export function creating(
  { status, log, warn, exists, values }: OperationContext,
  { method }: SourceParams,
  release: () => void,
): CreateOptions {
  let resumedAt: number | undefined;
  return {
    onNote: warn,
    onResume({ sent, total }: Progress) {
      resumedAt = sent;
      log(`Resumed an upload at ${formatBytes(sent)} of ${formatBytes(total ?? 0)}.`);
      status({ name: 'uploading', sent, total, resumedAt });
    },
    onProgress({ sent, total }: Progress) {
      // What the platform fetches is not uploaded.
      if (method !== 'url') status({ name: 'uploading', sent, total, resumedAt });
    },
    onAsset({ _id, filename }: Asset) {
      exists(_id);
      const done = values.once === undefined ? 'Created' : 'Created or found';
      log(`${done} asset ${_id}${filename ? ` (${filename})` : ''}.`);
      // The upload is over: waiting for the platform takes no place from others.
      release();
      status({ name: 'processing', asset: filename, since: performance.now() });
    },
  };
}
