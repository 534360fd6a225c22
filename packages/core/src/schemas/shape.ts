/** Describes a value without revealing it: `string of 256 characters`, `array of 3 items`, `null`. */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string')
    return value === '' ? 'an empty string' : `string of ${[...value].length} characters`;
  if (typeof value === 'number' || typeof value === 'boolean') return `${typeof value} ${String(value)}`;
  if (Array.isArray(value)) return `array of ${value.length} items`;
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`;
  if (typeof value === 'object') {
    const size = (value as { size?: unknown }).size;
    return typeof size === 'number' ? `file of ${size} bytes` : 'object';
  }
  return typeof value;
}
