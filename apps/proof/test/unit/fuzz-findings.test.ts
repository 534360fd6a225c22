import { afterAll, beforeAll, describe, it } from 'vitest';
import { n8nParameters } from '../../src/fuzz/n8n-parameters.ts';
import { nodeRedConfigs } from '../../src/fuzz/node-red-configs.ts';

// What fuzzing found in the nodes: names of any length and of any characters went into messages and logs; a hole in a list of the form ended in a
// TypeError.

const LONG = 'x'.repeat(70_000);

describe('the n8n node keeps out of its messages', () => {
  beforeAll(() => n8nParameters.open?.());

  it.each([
    ['the name of an operation', { operation: `a\u0085${LONG}` }],
    [
      'the name of a binary field',
      { operation: 'create', method: 'direct', binaryPropertyName: '\r\nx-evil: 1' },
    ],
    ['a hole in a list', { resource: 'search', operation: 'query', filters: { condition: Array(1) } }],
  ])('%s', (_, parameters) => n8nParameters.check({ parameters, binary: undefined }));
});

describe('a Node-RED node keeps out of its messages', () => {
  beforeAll(() => nodeRedConfigs.open?.());
  afterAll(() => nodeRedConfigs.close?.());
  const payload = { source: 'payload', sourceType: 'msg' };

  it.each([
    [
      'the property that a setting is read from',
      { type: 'wait-until-ready', saved: { assetId: `a\u2028${LONG}`, assetIdType: 'msg' } },
      { payload: 'x' },
    ],
    ['a path', { type: 'create-asset', saved: payload }, { payload: '/nowhere/\u0085.mp4' }],
    [
      'the name of an override',
      { type: 'create-asset', saved: payload },
      { payload: 'x', twelvelabs: { [`a\n${LONG}`]: 1 } },
    ],
  ])('%s', (_, node, message) => nodeRedConfigs.check({ node, message, parallel: 4 }));
});
