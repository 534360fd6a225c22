import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { asBytes, fileFromBuffer } from '../../src/index.ts';
import { thrownBy } from '../support/thrown.ts';

describe('bytes', () => {
  it.each([
    ['a Buffer', () => Buffer.from([1, 2, 3])],
    ['a Buffer of a pool', () => Buffer.from('xx\x01\x02\x03').subarray(2)],
    ['a typed array', () => new Uint8Array([1, 2, 3])],
    ['a clamped one', () => new Uint8ClampedArray([1, 2, 3])],
    ['a DataView', () => new DataView(new Uint8Array([0, 1, 2, 3]).buffer, 1)],
    ['an ArrayBuffer', () => new Uint8Array([1, 2, 3]).buffer],
    ['a SharedArrayBuffer', () => shared()],
    ['a typed array of another realm', () => runInNewContext('new Uint8Array([1, 2, 3])')],
    ['an ArrayBuffer of another realm', () => runInNewContext('new Uint8Array([1, 2, 3]).buffer')],
    ['a Buffer after JSON', () => JSON.parse(JSON.stringify(Buffer.from([1, 2, 3])))],
    ['a Buffer after JSON in another realm', () => runInNewContext('({ type: "Buffer", data: [1, 2, 3] })')],
  ])('are those of %s', (_, make) => {
    expect([...(asBytes(make()) ?? [])]).toEqual([1, 2, 3]);
    expect(fileFromBuffer(make())).toMatchObject({ size: 3 });
  });

  it.each([
    ['a text', 'abc'],
    ['numbers', [1, 2, 3]],
    ['null', null],
    ['an object that says it is one', { [Symbol.toStringTag]: 'ArrayBuffer', byteLength: 3 }],
    ['JSON with numbers that are no bytes', { type: 'Buffer', data: [1, 256] }],
    ['JSON with half numbers', { type: 'Buffer', data: [1.5] }],
    ['JSON without data', { type: 'Buffer' }],
    ['memory that was transferred', transferred()],
  ])('are not those of %s', (_, value) => {
    expect(asBytes(value)).toBeUndefined();
    expect(thrownBy(() => fileFromBuffer(value as Uint8Array))).toMatchObject({ code: 'validation' });
  });
});

function shared(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(3);
  new Uint8Array(memory).set([1, 2, 3]);
  return memory;
}

function transferred(): Uint8Array {
  const bytes = new Uint8Array([1, 2, 3]);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}
