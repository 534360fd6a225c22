import { z } from 'zod/v4';

/** Far above every page size and every number of URLs that the platform documents. */
const MOST = 10_000;

/** A list in an answer. Its length is looked at first: findings about millions of wrong items would take gigabytes. */
export function listOf<T extends z.ZodType>(item: T) {
  const error = `must be a list of at most ${MOST} items`;
  return z.array(z.unknown(), { error }).max(MOST, { error }).pipe(z.array(item));
}
