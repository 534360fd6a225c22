import { waitUntilReady } from '@twelvelabs-nodes/core';
import { assetId } from '../../fields/asset-id';
import { itemsAtOnce } from '../../fields/items-at-once';
import { shown, simplify } from '../../fields/simplify';
import { intendedFor, judged } from '../../fields/use-cases';
import { waiting } from '../../fields/waiting';
import { group } from '../../form/field';
import type { Operation } from '../../form/operation';

export const waitOperation: Operation = {
  value: 'waitUntilReady',
  name: 'Wait Until Ready',
  action: 'Wait until an asset is ready',
  description: 'Wait until TwelveLabs has processed an asset',
  form: [assetId, simplify, group('Options', 'options', [intendedFor, ...waiting(''), itemsAtOnce])],
  async run(call) {
    const options = { ...call.form.options, onStatus: call.onStatus };
    return [shown(call, judged(call, await call.core(waitUntilReady, { options })))];
  },
};
