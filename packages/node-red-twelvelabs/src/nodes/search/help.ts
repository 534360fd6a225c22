import type { Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Searches the videos of a TwelveLabs index for what a text or an image describes.',
  inputs: [{ name: 'payload', type: 'string', text: 'what to look for. Another place can be chosen.' }],
  outputs: [
    {
      name: 'payload',
      type: 'array | object',
      text: 'the clips, the best one first: <code>start</code> and <code>end</code> (seconds), <code>video_id</code>, <code>rank</code> and more. With <i>One message each</i>, one clip per message, with <code>msg.parts</code>.',
    },
  ],
  details: [
    'To search by an image alone, set <i>Text</i> to an empty string. Each search is billed; further pages of its results are free, and the node reads them as needed.',
  ],
};
