import { assetOrFileInput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Turns a text, an image, audio or video into vectors (embeddings) with TwelveLabs.',
  inputs: [{ ...assetOrFileInput, text: `a text, ${assetOrFileInput.text}` }],
  outputs: [
    {
      name: 'payload',
      type: 'array | object',
      text: 'the vectors as TwelveLabs returns them, each with its numbers in <code>embedding</code>; those of audio and video with <code>start_sec</code>, <code>end_sec</code>, <code>embedding_option</code> and <code>embedding_scope</code>. With <i>One message each</i>, one vector per message, with <code>msg.parts</code>.',
    },
    {
      name: 'embedding',
      type: 'object',
      text: 'what else TwelveLabs returns, such as the metadata of the input.',
    },
  ],
  details: ['Store the vectors in a vector database to find what is similar. Each embedding is billed.'],
};
