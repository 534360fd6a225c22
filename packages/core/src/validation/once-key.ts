import { z } from 'zod/v4';
import { LONE_SURROGATE, text, trimmed } from './text.ts';

/** Longest create-once key, in characters. Our own limit: a key is a label. */
const MAX_KEY = 255;

/** A create-once key: any text that identifies a job. */
export const onceKey = z.lazy(() =>
  text()
    // The platform may store it without blanks at its ends, and in another form of Unicode: it has to be found again.
    .transform((key) => trimmed(key).normalize())
    .pipe(
      z
        .string()
        .min(1, { error: 'must not be empty' })
        .max(MAX_KEY, { error: `must have at most ${MAX_KEY} characters` })
        .refine((key) => !LONE_SURROGATE.test(key), {
          error: 'must be well-formed Unicode (it contains half a character)',
        }),
    ),
);
