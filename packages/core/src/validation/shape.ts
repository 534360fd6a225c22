import { counted } from '../text/counted.ts';

/** Describes a value without revealing it: `string of 256 characters`, `array of 3 items`, `null`. */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `string of ${counted(lengthOf(value), 'character')}`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return `array of ${counted(value.length, 'item')}`;
  if (value instanceof Uint8Array) return counted(value.byteLength, 'byte');
  if (typeof value === 'object') {
    const size = (value as { size?: unknown }).size;
    return typeof size === 'number' && 'stream' in value ? `file of ${counted(size, 'byte')}` : 'object';
  }
  return typeof value;
}

/** Above this, code units stand for characters: counting needs several times the memory of the text. */
const EXACT = 100_000;

/** A text's length in characters as people count them (Unicode code points). */
export function lengthOf(text: string): number {
  return text.length > EXACT ? text.length : [...text].length;
}
