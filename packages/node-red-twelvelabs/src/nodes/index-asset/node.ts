import type { IndexedAsset, ValidationIssue } from '@twelvelabs-nodes/core';
import { asName, isId, LATER } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetOf } from '../../runtime/source/asset-of.ts';
import {
  becomeAssets,
  type CheckedMedia,
  checkMedia,
  type Media,
  requireSound,
} from '../../runtime/source/media.ts';
import { indexAssetSettings } from './settings.ts';

/** Makes an asset, a file or a URL searchable in an index, and waits until it is. */
export default operationNode({ settings: indexAssetSettings, check, run });

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return (await checked(context)).issues;
}

function checked(context: CheckContext): Promise<CheckedMedia> {
  const { core, values, options } = context;
  return checkMedia(context, [values.source], {
    fields: ['file'],
    async check() {
      const waits = { ...options, waitUntilReady: defined({ maxWait: values.maxWait }) };
      const [ofIndex, ofWait] = await Promise.all([
        context.check(core.getOrCreateIndex, { index_name: asName(values.index) }, options),
        context.check(core.createIndexedAsset, { index_id: LATER, asset_id: LATER }, waits),
      ]);
      return [...ofIndex, ...ofWait];
    },
  });
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, options, status, inTurn } = context;
  const sound = await checked(context);
  requireSound(context, sound);
  const [media] = sound.media as [Media];
  if (becomeAssets([media])) await inTurn(() => requireIndex(context));
  const asset_id = await assetOf(context, media);
  return inTurn(async (release) => {
    const index_id = await indexOf(context);
    const since = performance.now();
    const indexed = await client.call(
      core.createIndexedAsset,
      { index_id, asset_id },
      {
        ...options,
        onIndexedAsset: release,
        waitUntilReady: {
          ...defined({ maxWait: values.maxWait }),
          onStatus: ({ system_metadata }: IndexedAsset) =>
            status({ name: 'processing', asset: system_metadata?.filename, since }),
        },
      },
    );
    const ids = { index_id, indexed_asset_id: indexed._id };
    const transcript =
      values.transcript === true
        ? { transcript: await client.call(core.retrieveTranscript, ids, options) }
        : {};
    return {
      value: indexed,
      extra: { indexId: index_id, assetId: asset_id, ...transcript },
      status: done('indexed'),
    };
  });
}

/** An index that was named by its ID must exist: one that was named by its name is created when it does not. */
async function requireIndex({ core, client, values, options }: OperationContext): Promise<void> {
  const index_id = String(values.index);
  if (isId(index_id)) await client.call(core.retrieveIndex, { index_id: index_id.trim() }, options);
}

async function indexOf({ core, client, values, options }: OperationContext): Promise<string> {
  const index = String(values.index);
  if (isId(index)) return index.trim();
  return (await client.call(core.getOrCreateIndex, { index_name: index }, options))._id;
}
