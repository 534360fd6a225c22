import { assetIdInput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Deletes a TwelveLabs asset permanently.',
  inputs: [assetIdInput],
  outputs: [
    {
      name: 'payload',
      type: 'object',
      text: '<code>_id</code> of the asset, and <code>deleted: true</code>.',
    },
  ],
};
