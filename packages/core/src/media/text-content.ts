/** Control characters that no text has: all but tab, line feed, form feed, carriage return and escape. */
const isControl = (code: number) => (code < 32 && (code < 9 || (code > 13 && code !== 27))) || code === 127;

const isBlank = (code: number) => code === 32 || (code > 8 && code < 14);

/** Of a text in an encoding of one byte a character, at least this share is ASCII. */
const ASCII_SHARE = 0.7;
/** Shorter bytes that are no UTF-8 are too few to be told from binary data. */
const SHORTEST_LEGACY = 64;

/**
 * The text that the first bytes of a file hold, without its byte-order mark; `undefined` when they hold none. Knows
 * UTF-8, UTF-16 with a byte-order mark, and the single-byte encodings of Windows.
 */
export function textOf(head: Uint8Array): string | undefined {
  const [first, second] = head;
  // Nothing, or one byte again and again, as in padding; blanks are a text.
  if (first === undefined || (!isBlank(first) && head.every((byte) => byte === first))) return undefined;
  if (first === 0xff && second === 0xfe) return wideText(head, 'utf-16le');
  if (first === 0xfe && second === 0xff) return wideText(head, 'utf-16be');
  let ascii = 0;
  for (const byte of head) {
    if (isControl(byte)) return undefined;
    if (byte < 128) ascii++;
  }
  const text = decoded(head, 'utf-8');
  if (text !== undefined) return text;
  const isLegacy = head.byteLength >= SHORTEST_LEGACY && ascii / head.byteLength >= ASCII_SHARE;
  return isLegacy ? decoded(head, 'windows-1252') : undefined;
}

/** The bytes may end in the middle of a character. */
function decoded(head: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return undefined;
  }
}

/** Other bytes that begin like the mark decode to control characters, or to numbers that no character has. */
function wideText(head: Uint8Array, encoding: string): string | undefined {
  const text = decoded(head, encoding);
  if (text === undefined || /[\uffff\p{Cn}]/u.test(text)) return undefined;
  for (const character of text) if (isControl(character.charCodeAt(0))) return undefined;
  return text;
}

/** XML 1.0, 2.8: a document type, which may declare entities in brackets. That of HTML shows a page, and stays. */
const DOCTYPE = /^<!DOCTYPE\s(?!\s*html\b)[^[>]*(?:\[[\s\S]*?\]\s*)?>/i;
const BEFORE_ROOT = /^(?:\s|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)+/;

/** An XML document from its first element on. */
export function withoutProlog(text: string): string {
  return text.replace(BEFORE_ROOT, '').replace(DOCTYPE, '').replace(BEFORE_ROOT, '');
}
