import { z } from 'zod/v4';
import { trimmedText } from './text.ts';
import { mediaUrlProblem, urlText } from './web-url.ts';

/** The URL of a media file, which the platform fetches. A URL object can only mean its text. */
export const mediaUrl = z.preprocess(
  urlText,
  trimmedText('must be a URL').superRefine((text, context) => {
    const problem = mediaUrlProblem(text);
    if (problem)
      context.addIssue({ code: 'custom', message: problem.message, params: { rule: problem.rule } });
  }),
) as z.ZodType<string, string>;
