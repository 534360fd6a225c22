import { describe, expect, it } from 'vitest';
import { formatBytes } from '../src/text/format-bytes.ts';
import { formatSeconds } from '../src/text/format-seconds.ts';
import { shapeOf } from '../src/validation/shape.ts';

describe('a number in a message', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [1_023, '1023 bytes'],
    [1_024, '1 KiB'],
    [1_536, '1.5 KiB'],
    [1024 ** 2 - 1, '1 MiB'],
    [5.5 * 1024 ** 2, '5.5 MiB'],
    [1024 ** 3 - 1, '1 GiB'],
    [2_048 * 1024 ** 3, '2048 GiB'],
  ])('of %d bytes is %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });

  it.each([
    [0, '0 s'],
    [0.25, '0.25 s'],
    [4, '4 s'],
    [59.999, '1 min'],
    [61.5, '1 min 1.5 s'],
    [3_599.999, '1 h'],
    [5_400, '1 h 30 min'],
    [90_061, '25 h 1 min 1 s'],
  ])('of %d seconds is %s', (seconds, expected) => {
    expect(formatSeconds(seconds)).toBe(expected);
  });

  it.each([
    ['a', 'string of 1 character'],
    ['ab', 'string of 2 characters'],
    [['a'], 'array of 1 item'],
    [[], 'array of 0 items'],
    [new Uint8Array(1), '1 byte'],
    [new Blob(['a']), 'file of 1 byte'],
  ])('is singular for one: %j, %s', (value, expected) => {
    expect(shapeOf(value)).toBe(expected);
  });
});
