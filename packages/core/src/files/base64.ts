import { ValidationError } from '../errors/validation-error.ts';
import { shapeOf } from '../validation/shape.ts';
import { trimmed } from '../validation/text.ts';

/** Values of characters beyond the 64 digits. */
const SPACE = 64;
const PADDING = 65;
const FOREIGN = 66;

/** The value of each ASCII character, in both alphabets of RFC 4648 (`+/` and `-_`). */
const VALUES = new Uint8Array(128).fill(FOREIGN);
for (const space of ' \t\n\v\f\r') VALUES[space.charCodeAt(0)] = SPACE;
VALUES['='.charCodeAt(0)] = PADDING;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
for (const [value, digit] of [...DIGITS].entries()) VALUES[digit.charCodeAt(0)] = value;
for (const [digit, value] of [
  ['+', 62],
  ['-', 62],
  ['/', 63],
  ['_', 63],
] as const)
  VALUES[digit.charCodeAt(0)] = value;

/** Bytes that are decoded at a time. A multiple of three, so that each block begins with a digit of its own. */
export const BLOCK_BYTES = 384 * 1024;
const BLOCK_DIGITS = (BLOCK_BYTES / 3) * 4;

/** A text in Base64 that was checked, and can be decoded from any block on. */
export interface Base64 {
  /** Bytes that it stands for. */
  readonly size: number;
  /** Media type, when it is a data URL that names one. */
  readonly type: string | undefined;
  /** Decodes the block of this number into `into`, which is as long as the block. */
  decode(block: number, into: Uint8Array): void;
}

/**
 * Reads a text in Base64 in any usual form: with line breaks, in the alphabet for URLs, without padding, as a data URL.
 * Every character is checked now; the bytes are decoded when they are asked for.
 * @throws {ValidationError} for anything else: a decoder that skips what it does not know would give other bytes
 */
export function readBase64(given: unknown): Base64 {
  if (typeof given !== 'string') throw invalid('must be a text in Base64', given);
  const { text, from, type } = payloadOf(trimmed(given));
  const { digits, starts } = check(text, from, given);
  return {
    size: Math.floor((digits * 3) / 4),
    type,
    decode: (block, into) => decode(text, starts[block] ?? text.length, into),
  };
}

/** Source: RFC 2397; the digits may be percent-encoded there as everything in a URL. */
const DATA_URL = /^data:([^,;\s]*)(?:[;\s][^,]*)?,/i;
/** More than the head of a data URL has. */
const LONGEST_HEAD = 1_024;

function payloadOf(given: string): { text: string; from: number; type: string | undefined } {
  const [head, type] = DATA_URL.exec(given.slice(0, LONGEST_HEAD)) ?? [];
  if (head === undefined) return { text: given, from: 0, type: undefined };
  if (!/;\s*base64\s*,$/i.test(head)) throw invalid('must be a data URL in Base64 (";base64,")', given);
  if (!given.includes('%')) return { text: given, from: head.length, type: type || undefined };
  try {
    return { text: decodeURIComponent(given.slice(head.length)), from: 0, type: type || undefined };
  } catch {
    throw invalid('must be a data URL whose "%" are each followed by two digits', given);
  }
}

/** Counts the digits, and notes where each block begins. */
function check(text: string, from: number, given: unknown): { digits: number; starts: number[] } {
  const starts: number[] = [];
  let digits = 0;
  let padding = 0;
  for (let start = from; start < text.length; start += BLOCK_DIGITS) {
    const end = Math.min(text.length, start + BLOCK_DIGITS);
    if (padding === 0 && areDigits(text, start, end)) {
      const next = starts.length * BLOCK_DIGITS - digits;
      if (next < end - start) starts.push(start + next);
      digits += end - start;
      continue;
    }
    for (let at = start; at < end; at++) {
      const value = valueAt(text, at);
      if (value < SPACE && padding === 0) {
        if (digits === starts.length * BLOCK_DIGITS) starts.push(at);
        digits++;
      } else if (value === PADDING) padding++;
      else if (value !== SPACE) throw notBase64(at + 1, given);
    }
  }
  const rest = digits % 4;
  if (rest === 1 || (padding > 0 && padding !== (4 - rest) % 4))
    throw invalid('must be a complete text in Base64: its end is missing', given);
  return { digits, starts };
}

/** The usual case, in a loop that does nothing else. */
function areDigits(text: string, start: number, end: number): boolean {
  let values = 0;
  for (let at = start; at < end; at++) values |= valueAt(text, at);
  return values < SPACE;
}

function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (VALUES[code] ?? FOREIGN) : FOREIGN;
}

/** @param from where the first digit stands, in a text that was checked */
function decode(text: string, from: number, into: Uint8Array): void {
  const whole = into.byteLength - (into.byteLength % 3);
  let at = from;
  const next = () => {
    let value = valueAt(text, at++);
    while (value === SPACE) value = valueAt(text, at++);
    return value;
  };
  for (let to = 0; to < whole; to += 3) {
    let first = valueAt(text, at);
    let second = valueAt(text, at + 1);
    let third = valueAt(text, at + 2);
    let fourth = valueAt(text, at + 3);
    if ((first | second | third | fourth) < SPACE) at += 4;
    else {
      first = next();
      second = next();
      third = next();
      fourth = next();
    }
    into[to] = (first << 2) | (second >> 4);
    into[to + 1] = (second << 4) | (third >> 2);
    into[to + 2] = (third << 6) | fourth;
  }
  if (whole === into.byteLength) return;
  const [first, second] = [next(), next()];
  into[whole] = (first << 2) | (second >> 4);
  if (whole + 1 < into.byteLength) into[whole + 1] = (second << 4) | (next() >> 2);
}

function notBase64(position: number, given: unknown): ValidationError {
  return invalid(`must be a text in Base64: character ${position} is none of its digits`, given);
}

function invalid(message: string, given: unknown): ValidationError {
  return new ValidationError([{ field: 'file', rule: 'base64', message, received: shapeOf(given) }]);
}
