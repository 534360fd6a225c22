import type { Help } from '../../settings/help.ts';

export const help: Help = {
  about: 'Sends a message when a TwelveLabs asset was created, became ready or failed.',
  outputs: [
    {
      name: 'payload',
      type: 'object',
      text: 'the asset as TwelveLabs returns it: <code>_id</code>, <code>status</code>, <code>filename</code>, <code>file_type</code> and more.',
    },
    {
      name: 'topic',
      type: 'string',
      text: 'the event: <code>created</code>, <code>ready</code> or <code>failed</code>.',
    },
  ],
  details: [
    'Each event is reported once. Assets that exist when the node is first deployed are skipped; those that TwelveLabs is still processing are reported when they become ready or fail. The same applies when you choose another account, change the API key of the account, or change <i>File name contains</i>.',
    "The node remembers what it reported in its context. Node-RED's default context store is memory, which a restart empties: the node then starts again. To report events across restarts, set a <code>contextStorage</code> of the type <code>localfilesystem</code> in the Node-RED settings, with <code>cache: false</code> to survive a crash too.",
    'The button sends the newest asset that matches as an example.',
    'An error reaches <b>catch</b> nodes once. The node keeps trying, and its status shows since when.',
  ],
};
