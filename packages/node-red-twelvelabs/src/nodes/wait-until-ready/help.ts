import { assetIdInput, assetOutput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Waits until a TwelveLabs asset is ready to use.',
  inputs: [assetIdInput],
  outputs: [assetOutput],
  details: [
    "The node checks the asset again and again, with growing pauses. An asset that TwelveLabs could not process ends with the code <code>asset_failed</code>. Waiting messages take no place in the account's queue.",
  ],
  queue: false,
};
