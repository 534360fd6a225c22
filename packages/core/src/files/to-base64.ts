const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Characters that one call may have as arguments. A multiple of four. */
const PIECE = 8_192;

/** Bytes as a text in Base64 (RFC 4648 §4). Runtimes differ in what they offer: `btoa`, `Buffer`, `toBase64()`. */
export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.byteLength; at += 3) {
    const [first = 0, second = 0, third = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const left = bytes.byteLength - at;
    codes.push(
      digit(first >> 2),
      digit(((first & 3) << 4) | (second >> 4)),
      left > 1 ? digit(((second & 15) << 2) | (third >> 6)) : PADDING,
      left > 2 ? digit(third & 63) : PADDING,
    );
    if (codes.length < PIECE) continue;
    pieces.push(String.fromCharCode(...codes));
    codes = [];
  }
  pieces.push(String.fromCharCode(...codes));
  return pieces.join('');
}

const PADDING = '='.charCodeAt(0);
const digit = (value: number) => ALPHABET.charCodeAt(value);
