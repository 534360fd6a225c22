import type { IndexedAsset, ValidationIssue } from '@twelvelabs-nodes/core';
import { isId } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetOf } from '../../runtime/source/asset-of.ts';
import { indexAssetSettings } from './settings.ts';

/** Makes an asset, a file or a URL searchable in an index, and waits until it is. */
export default operationNode({ settings: indexAssetSettings, check, run });

async function check({ core, values, options }: CheckContext): Promise<readonly ValidationIssue[]> {
  const waits = { ...options, waitUntilReady: defined({ maxWait: values.maxWait }) };
  const [ofIndex, ofWait] = await Promise.all([
    core.getOrCreateIndex.check({ index_name: values.index }, options),
    core.createIndexedAsset.check({ index_id: 'later', asset_id: 'later' }, waits),
  ]);
  const known = new Set(ofIndex.map(({ field }) => field));
  return [...ofIndex, ...ofWait.filter(({ field }) => !known.has(field))];
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, options, status, inTurn } = context;
  // Before a file is sent: an asset costs something, and a wrong setting does not need it.
  const issues = await check(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const asset_id = await assetOf(context);
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

async function indexOf({ core, client, values, options }: OperationContext): Promise<string> {
  const index = String(values.index);
  if (isId(index)) return index.trim();
  return (await client.call(core.getOrCreateIndex, { index_name: values.index }, options))._id;
}
