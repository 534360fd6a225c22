/** What servers say is quoted up to this many characters. */
const LONGEST = 300;

/** Control characters, line and paragraph separators, changes of the writing direction, halves of characters. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+|\p{Surrogate}/gu;

/** A server's text, fit for a message: short, in one line, and without what would forge a log or steer a terminal. */
export function excerpt(text: string, longest = LONGEST): string {
  const head = text.slice(0, longest).replace(UNPRINTABLE, ' ');
  return text.length > longest ? `${head}…` : head;
}
