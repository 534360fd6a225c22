import type { UserMetadata } from '../asset-record.ts';
import type { MediaFacts } from '../media/facts.ts';

const stopWords = new Set(
  'a an and are at by for from in is of on or that the this to where who with'.split(' '),
);

/** The words of a text in lower case, without those that say nothing. */
export function words(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !stopWords.has(word));
}

/** What is known of a file in words: its name without the extension, and its metadata. */
export function knownText(facts: MediaFacts, more: UserMetadata | null = null): string {
  const metadata = { ...facts.user_metadata, ...more };
  const name = facts.filename.replace(/\.\w{1,5}$/, '');
  return [name, ...Object.entries(metadata).map(([key, value]) => `${key} ${value}`)].join(' ');
}
