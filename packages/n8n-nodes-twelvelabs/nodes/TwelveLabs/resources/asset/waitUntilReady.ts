import { assetId } from '../../fields/asset-id';
import { itemsAtOnce } from '../../fields/items-at-once';
import { shown, simplify } from '../../fields/simplify';
import { intendedFor, judged } from '../../fields/use-cases';
import { waiting } from '../../fields/waiting';
import { group } from '../../form/field';
import type { Operation } from '../../form/operation';

export const waitUntilReady: Operation = {
  value: 'waitUntilReady',
  name: 'Wait Until Ready',
  action: 'Wait until an asset is ready',
  description: 'Wait until TwelveLabs has processed an asset',
  form: [assetId, simplify, group('Options', 'options', [intendedFor, ...waiting(''), itemsAtOnce])],
  async run(call) {
    const { params, options } = call.form;
    const asset = await call.client.waitUntilReady(params.asset_id as string, {
      ...options,
      ...call.request,
    });
    return [shown(call, judged(call, asset))];
  },
};
