import { randomBytes } from 'node:crypto';

/**
 * A new identifier in the form the platform uses: 24 hexadecimal digits, of which the first eight are the time in
 * seconds.
 */
export function newId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000) % 0x1_0000_0000;
  return seconds.toString(16).padStart(8, '0') + randomBytes(8).toString('hex');
}

export function isId(value: string): boolean {
  return /^[0-9a-f]{24}$/.test(value);
}
