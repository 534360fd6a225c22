import type { Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Lists TwelveLabs assets, newest first.',
  outputs: [
    {
      name: 'payload',
      type: 'array | object',
      text: 'the assets as an array; with <i>One message each</i>, one asset per message, with <code>msg.parts</code>, so that a <b>join</b> node can put them together again.',
    },
    {
      name: 'pageInfo',
      type: 'object',
      optional: true,
      text: 'page, number of pages and number of results, when a single page is read.',
    },
  ],
};
