import { trimmedText } from './text.ts';
import { mediaUrlProblem } from './web-url.ts';

/** The URL of a media file, which the platform fetches. */
export const mediaUrl = trimmedText('must be a URL').superRefine((text, context) => {
  const problem = mediaUrlProblem(text);
  if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { rule: problem.rule } });
});
