import type { Asset, ListParams } from '@twelvelabs-nodes/core';
import { defined, type OperationContext } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { listAssetsSettings } from './settings.ts';

/** Lists assets, newest first: one page, or all of them up to a number. */
export default operationNode({
  settings: listAssetsSettings,
  queued: true,
  async run(context) {
    const { assets, extra } = await read(context);
    return {
      value: assets,
      extra,
      ...(context.values.split === true ? { sequence: assets } : {}),
      status: (translate) => ({
        fill: 'green',
        shape: 'dot',
        text: translate('status.found', { count: assets.length }),
      }),
    };
  },
});

async function read({
  client,
  values,
  options,
}: OperationContext): Promise<{ assets: Asset[]; extra: object & Record<string, unknown> }> {
  const { filename, assetTypes, assetIds, all, limit, page, pageLimit } = values;
  const filter = defined({ filename, asset_types: assetTypes, asset_ids: assetIds, page_limit: pageLimit });
  if (all === true) {
    const assets: Asset[] = [];
    for await (const asset of client.listAll({ ...filter, ...defined({ limit }) }, options))
      assets.push(asset);
    return { assets, extra: {} };
  }
  const found = await client.list({ ...filter, ...defined({ page }) } as ListParams, options);
  return { assets: found.data, extra: { pageInfo: found.page_info } };
}
