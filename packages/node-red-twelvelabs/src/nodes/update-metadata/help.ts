import { assetIdInput, assetOutput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Changes the metadata of a TwelveLabs asset.',
  inputs: [assetIdInput],
  outputs: [assetOutput],
};
