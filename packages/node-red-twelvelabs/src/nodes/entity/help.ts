import { assetOrFileInput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Manages TwelveLabs entities: people and things that a search finds by their images.',
  inputs: [{ ...assetOrFileInput, text: `an image, or a list of images: ${assetOrFileInput.text}` }],
  outputs: [
    {
      name: 'payload',
      type: 'object | array',
      text: 'the entity as TwelveLabs returns it: <code>_id</code>, <code>name</code>, <code>status</code>, <code>asset_ids</code> and more; a list of them for <i>list</i>; <code>_id</code> and <code>deleted: true</code> for <i>delete</i>.',
    },
  ],
  details: [
    'Name an entity in the text of a <b>search</b> node as <code>&lt;@ID&gt;</code>: <code>&lt;@6298d673f1090f1100476d4c&gt; on a bike</code>. The images of a deleted entity, and those that are removed from one, remain as assets. The last image of an entity cannot be removed.',
  ],
};
