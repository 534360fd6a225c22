import { sets } from '../form/field';

/** Whether core looks at a URL before TwelveLabs gets it. */
export const checkUrl = sets('options.checkUrl', {
  displayName: 'Check URL',
  name: 'checkUrl',
  type: 'boolean',
  default: true,
  description:
    'Whether to refuse a URL of a page instead of a file, such as a sharing link, and a URL that TwelveLabs cannot reach',
});
