import { assetOrFileInput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Answers a question about a video with TwelveLabs.',
  inputs: [{ ...assetOrFileInput, text: `the video: ${assetOrFileInput.text}` }],
  outputs: [
    {
      name: 'payload',
      type: 'string | object | array',
      text: 'the answer: text, an object with a JSON schema and for chapters, highlights, titles and topics, or a list of segments, each with its <code>definition</code>, <code>start_time</code>, <code>end_time</code> and <code>metadata</code>.',
    },
    {
      name: 'analysis',
      type: 'object',
      text: 'the asset or URL, the ID of the answer, why it ended, and what it used.',
    },
    {
      name: 'partial',
      type: 'boolean',
      optional: true,
      text: '<code>true</code> on the pieces of an answer that is sent as it arrives.',
    },
  ],
  details: [
    'The node creates an asset from a file, waits until it is ready, and asks about it. Each answer is billed, and is not asked for again when it is lost. TwelveLabs answers a long video as a task, which the node waits for.',
  ],
};
