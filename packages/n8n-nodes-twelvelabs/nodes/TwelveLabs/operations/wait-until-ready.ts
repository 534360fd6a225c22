import { checkWorkflowFit, type WaitOptions, WORKFLOWS } from '@twelvelabs-nodes/core';
import { choices } from '../../shared/check';
import { assetIdField, readAssetId } from '../fields/asset-id';
import { WORKFLOW_CHOICES, warnOfMisfits } from '../fields/intended-for';
import { given, milliseconds, readOptions } from '../fields/options';
import { WAIT_FOR } from '../fields/wait-for';
import type { Operation } from '../operation';

export const waitUntilReady: Operation = {
  value: 'waitUntilReady',
  name: 'Wait Until Ready',
  action: 'Wait until an asset is ready',
  description: 'Wait until the platform has processed an asset',
  labels: { asset_id: 'Asset', assetId: 'Asset', maxWait: 'Wait Time Limit', waitFor: 'Wait For' },
  properties: [
    assetIdField,
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        {
          displayName: 'Intended For',
          name: 'intendedFor',
          type: 'multiOptions',
          options: WORKFLOW_CHOICES,
          default: [],
          description: 'What you will use the asset for: the output says whether it meets the requirements',
        },
        {
          displayName: 'Items at Once',
          name: 'concurrency',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 32 },
          default: 1,
          description: 'How many assets are waited for at the same time',
        },
        {
          displayName: 'Wait For',
          name: 'waitFor',
          type: 'multiOptions',
          options: WAIT_FOR,
          default: ['asset'],
          description: 'What has to be there',
        },
        {
          displayName: 'Wait Time Limit (Minutes)',
          name: 'maxWait',
          type: 'number',
          typeOptions: { minValue: 1 },
          default: 30,
          description: 'How long to wait',
        },
      ],
    },
  ],
  async run(call) {
    const options = readOptions(call);
    const wait = given({
      maxWait: milliseconds(options.maxWait, 'minutes'),
      waitFor: options.waitFor as WaitOptions['waitFor'],
    });
    // Before the waiting: it may take half an hour.
    const workflows = choices(
      'Intended For',
      options.intendedFor === undefined ? [] : options.intendedFor,
      WORKFLOWS,
    );
    const asset = await call.client.waitUntilReady(readAssetId(call), { ...call.request, ...wait });
    if (workflows.length === 0) return [asset];
    const fits = workflows.map((workflow) => checkWorkflowFit(asset, workflow));
    warnOfMisfits(call, fits);
    return [{ ...asset, workflow_fit: fits }];
  },
};
