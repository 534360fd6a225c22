import type { Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Sends a request to any endpoint of the TwelveLabs API, with the key of the account.',
  outputs: [{ name: 'payload', type: 'any', text: 'the response of TwelveLabs: parsed JSON, or text.' }],
  details: [
    'Use it for endpoints that have no node. The key goes to the base URL of the account only, and a redirect is not followed. A <code>POST</code> is sent again only when it certainly had no effect.',
  ],
};
