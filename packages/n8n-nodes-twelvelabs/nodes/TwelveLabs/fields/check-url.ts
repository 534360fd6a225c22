import { sets } from '../form/field';

/** Whether core looks at a URL before TwelveLabs gets it. */
export const checkUrl = sets('options.checkUrl', {
  displayName: 'Check URL',
  name: 'checkUrl',
  type: 'boolean',
  default: true,
  description:
    'Whether to refuse URLs that lead to a page instead of a file, such as sharing links, and URLs that TwelveLabs cannot reach',
});
