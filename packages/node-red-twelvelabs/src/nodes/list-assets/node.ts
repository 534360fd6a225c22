import type { Asset } from '@twelvelabs-nodes/core';
import { type CheckContext, defined, done, type OperationContext } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { listAssetsSettings } from './settings.ts';

function filterOf({ values }: CheckContext) {
  const { filename, assetTypes, assetIds, pageLimit } = values;
  return defined({ filename, asset_types: assetTypes, asset_ids: assetIds, page_limit: pageLimit });
}

const paramsOf = (context: CheckContext) => ({
  ...filterOf(context),
  ...defined({ page: context.values.page }),
});

/** Lists assets, newest first: one page, or all of them up to a number. */
export default operationNode({
  settings: listAssetsSettings,
  check: (context) => context.check(context.core.listAssets, paramsOf(context), context.options),
  async run(context) {
    const { values, inTurn } = context;
    const read = values.all === true ? allPages : onePage;
    const { assets, extra } = await inTurn(() => read(context));
    return {
      value: assets,
      extra,
      ...(values.split === true ? { sequence: assets } : {}),
      status: done('found', { count: assets.length }),
    };
  },
});

interface Found {
  readonly assets: Asset[];
  readonly extra: Record<string, unknown>;
}

async function allPages(context: OperationContext): Promise<Found> {
  const { core, client, values, options } = context;
  const params = { ...filterOf(context), ...defined({ limit: values.limit }) };
  const assets: Asset[] = [];
  for await (const asset of client.iterate(core.listAllAssets, params, options)) assets.push(asset);
  return { assets, extra: {} };
}

async function onePage(context: OperationContext): Promise<Found> {
  const { core, client, options } = context;
  const found = await client.call(core.listAssets, paramsOf(context), options);
  return { assets: found.data, extra: { pageInfo: found.page_info } };
}
