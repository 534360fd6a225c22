import type { INodeProperties } from 'n8n-workflow';
import { flag } from '../../host/check';
import { type Field, own, sets, type Target } from '../form/field';
import { timeLimit } from '../form/units';

const WAIT_FOR: INodeProperties = {
  displayName: 'Wait For',
  name: 'waitFor',
  type: 'multiOptions',
  options: [
    { name: 'Asset', value: 'asset', description: 'The asset is ready to use' },
    { name: 'HLS Stream', value: 'hls', description: 'The playlist and segments for streaming are ready' },
    { name: 'Thumbnail', value: 'thumbnail', description: 'The thumbnail images are ready' },
  ],
  default: ['asset'],
  description: 'What to wait for: the asset, its HLS stream or its thumbnail',
};

const MAX_WAIT: INodeProperties = {
  displayName: 'Wait Time Limit (Minutes)',
  name: 'maxWait',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 30,
  description: 'How long to wait at most',
};

/** How to wait. @param inside the part of core's options that says so */
export function waiting(inside: '' | 'waitUntilReady.', applies = ''): readonly Field[] {
  const described = (property: INodeProperties) => ({
    ...property,
    description: `${property.description}${applies}`,
  });
  return [
    sets(`options.${inside}waitFor`, described(WAIT_FOR)),
    sets(`options.${inside}maxWait`, described(MAX_WAIT), timeLimit('minutes')),
  ];
}

/** How long to wait at most. */
export function waitLimit(target: Target): Field {
  return sets(target, MAX_WAIT, timeLimit('minutes'));
}

const WAIT: INodeProperties = {
  displayName: 'Wait Until Ready',
  name: 'waitUntilReady',
  type: 'boolean',
  default: true,
};

/** Whether to wait at all. */
export function waitSwitch(description: string, byDefault = true): Field<boolean> {
  return own({ ...WAIT, description, default: byDefault }, flag);
}
