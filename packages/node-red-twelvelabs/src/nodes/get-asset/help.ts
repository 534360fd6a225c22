import { assetIdInput, assetOutput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Reads one TwelveLabs asset by its ID.',
  inputs: [assetIdInput],
  outputs: [assetOutput],
};
