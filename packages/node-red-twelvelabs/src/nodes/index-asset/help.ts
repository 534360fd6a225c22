import { assetOrFileInput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Makes a video searchable in a TwelveLabs index, and waits until it is.',
  inputs: [assetOrFileInput],
  outputs: [
    { name: 'payload', type: 'object', text: 'the indexed asset as TwelveLabs returns it.' },
    { name: 'indexId', type: 'string', text: 'the ID of the index, for a <b>search</b> node.' },
    { name: 'assetId', type: 'string', text: 'the ID of the asset.' },
    {
      name: 'transcript',
      type: 'array',
      optional: true,
      text: 'what is said, when <i>Transcript</i> is on.',
    },
  ],
  details: ['An asset that is in the index already is not indexed again.'],
};
