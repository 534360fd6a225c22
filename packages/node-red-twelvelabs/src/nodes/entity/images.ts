import type { OperationContext } from '../../runtime/operation.ts';
import { assetIdIn, assetOf } from '../../runtime/source/asset-of.ts';

/** The IDs of image assets: those that were given, and those of files, which become assets first. */
export async function imageIds(context: OperationContext): Promise<string[]> {
  const { core, values, origins } = context;
  const origin = origins.get('asset_ids');
  if (origin) origins.set('file', origin);
  const ids: string[] = [];
  for (const source of [values.images].flat()) {
    const id = assetIdIn(source);
    if (!id && values.action === 'remove') {
      const message = 'must be the ID of an image asset, or a list of them';
      const received = core.shapeOf(source);
      throw new core.ValidationError([{ field: 'asset_ids', rule: 'type', message, received }]);
    }
    ids.push(id ?? (await assetOf({ ...context, values: { ...values, source } })));
  }
  return ids;
}
