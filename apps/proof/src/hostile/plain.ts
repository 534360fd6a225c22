/** Characters that what people read may have at most. */
const BOUND = 6_000;

/** What is wrong with an error's message, whatever a server said: too long, the key in it, more than one line. */
export function messageProblems(message: string, key: string): string[] {
  const wrong: string[] = [];
  if (message.length > BOUND) wrong.push(`${message.length} characters`);
  if (message.includes(key)) wrong.push('the key shows');
  // Where a group of three bytes begins elsewhere, other characters stand at its ends only.
  if (message.includes(Buffer.from(key).toString('base64').slice(0, 16)))
    wrong.push('the key shows as Base64');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what would forge a line of a log is looked for
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(message)) wrong.push('control characters');
  return wrong;
}
