import { expect, test } from 'vitest';
import { migrate } from '../src/migrations/index.ts';

const TYPE = 'twelvelabs-create-asset';
const saved = Object.freeze({
  id: 'a',
  type: TYPE,
  filename: 'x.mp4',
  filenameType: 'str',
  configVersion: 1,
});

test('a configuration of today stays as it is', () => {
  expect(migrate(TYPE, saved)).toEqual(saved);
});

test('a configuration without a version is taken for one of today: the editor always saves it', () => {
  const { configVersion: _, ...byHand } = saved;
  expect(migrate(TYPE, byHand)).toEqual(saved);
});

test('a configuration of a newer version is refused, with what to do', () => {
  expect(() => migrate(TYPE, { ...saved, configVersion: 99 })).toThrow(/newer version.*99.*update/);
});
