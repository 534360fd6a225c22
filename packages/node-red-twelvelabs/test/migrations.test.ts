import { describe, expect, test } from 'vitest';
import { migrate } from '../src/migrations/index.ts';
import { currentVersion } from '../src/migrations/steps.ts';
import type { NodeConfig } from '../src/runtime/node-config.ts';

const TYPE = 'twelvelabs-create-asset';

/** As the editor's first page saved it. */
const version1 = {
  id: 'a',
  type: TYPE,
  name: 'mine',
  z: 'tab',
  config: 'account',
  source: 'payload.file',
  sourceType: 'msg',
  method: 'url',
  filename: 'x.mp4',
  enableHls: true,
  enableThumbnail: false,
  waitUntilReady: true,
  configVersion: 1,
} satisfies NodeConfig;

test('version 1 of the create node: plain values become typed ones, the rest stays', () => {
  expect(migrate(TYPE, version1)).toEqual({
    ...version1,
    methodType: 'fixed',
    filenameType: 'str',
    enableHls: 'true',
    enableHlsType: 'bool',
    enableThumbnail: 'false',
    enableThumbnailType: 'bool',
    waitUntilReady: 'true',
    waitUntilReadyType: 'bool',
    configVersion: 2,
  });
});

test('a migration leaves what was saved as it was', () => {
  const saved = Object.freeze({ ...version1 });
  migrate(TYPE, saved);
  expect(saved).toEqual(version1);
});

describe('a configuration of today', () => {
  test('stays as it is', () => {
    const today = migrate(TYPE, version1);
    expect(migrate(TYPE, today)).toEqual(today);
  });

  test('is what one without a version is taken for: the editor always saves it', () => {
    const { configVersion: _, ...byHand } = { ...version1, enableHlsType: 'env', enableHls: 'WANTED' };
    expect(migrate(TYPE, byHand)).toMatchObject({
      enableHlsType: 'env',
      enableHls: 'WANTED',
      configVersion: currentVersion(TYPE),
    });
  });
});

test('a configuration of a newer version is refused, with what to do', () => {
  expect(() => migrate(TYPE, { ...version1, configVersion: 99 })).toThrow(/newer version.*99.*update/);
});
