import { afterAll, beforeAll, describe, it } from 'vitest';
import { n8nParameters } from '../../src/fuzz/n8n-parameters.ts';
import { nodeRedConfigs } from '../../src/fuzz/node-red-configs.ts';

// What fuzzing found in the nodes: names of any length and of any characters went into what people and logs are told.

const LONG = 'x'.repeat(70_000);

describe('the n8n node keeps out of its messages', () => {
  beforeAll(() => n8nParameters.open?.());

  it.each([
    ['the name of an operation', { operation: `a\u0085${LONG}` }],
    [
      'the name of a binary field',
      { operation: 'create', method: 'direct', binaryPropertyName: '\r\nx-evil: 1' },
    ],
  ])('%s', (_, parameters) => n8nParameters.check({ parameters, binary: undefined }));
});

describe('a Node-RED node keeps out of its messages', () => {
  beforeAll(() => nodeRedConfigs.open?.());
  afterAll(() => nodeRedConfigs.close?.());
  const plain = { saved: {}, settings: {}, message: { payload: 'x' }, parallel: 4 };

  it.each([
    [
      'the property that a setting is read from',
      {
        ...plain,
        type: 'wait-until-ready',
        settings: { assetId: `a\u2028${LONG}`, assetIdType: 'msg' },
      },
    ],
    ['a path', { ...plain, type: 'create-asset', message: { payload: '/nowhere/\u0085.mp4' } }],
    [
      'the name of an override',
      { ...plain, type: 'create-asset', message: { payload: 'x', twelvelabs: { [`a\n${LONG}`]: 1 } } },
    ],
  ])('%s', (_, input) => nodeRedConfigs.check(input));
});
