import { assetOutput, type Help } from '../../settings/help.ts';

export const help: Help = {
  about:
    'Creates a TwelveLabs asset from a video, an audio file or an image: a file that is uploaded, or a URL that TwelveLabs fetches.',
  inputs: [
    {
      name: 'payload',
      type: 'buffer | string | stream | object',
      text: 'the source: the content, the path of a file, a URL, a readable stream, or a file object as <code>http in</code> gives it for uploads (<code>msg.req.files[0]</code>). Another place can be chosen.',
    },
    {
      name: 'filename',
      type: 'string',
      optional: true,
      text: 'names content that has no name of its own, as <code>file in</code> sets it.',
    },
  ],
  outputs: [
    assetOutput,
    {
      name: 'fits',
      type: 'any',
      optional: true,
      text: "whether the asset meets the requirements of its intended uses: <code>true</code>, <code>false</code> or <code>'unknown'</code>. A message is never stopped because of it.",
    },
    { name: 'workflowFit', type: 'array', optional: true, text: 'the same, requirement by requirement.' },
  ],
  details: [
    'Relative paths start at <code>fileWorkingDirectory</code> of the Node-RED settings.',
    'Everything is checked before a byte is sent, and the error names all problems at once. Files are streamed, so memory does not grow with their size. A stream can be sent only once, so a path or a Buffer survives more network failures.',
    'A message with a <i>Create-once key</i> whose upload was interrupted, also by a crash, continues that upload on its next run; the log says where.',
    'Whoever can send a message chooses what it contains, and text in the source is read as a path on this machine. Set <i>Files by path</i> to <i>content only</i> in a flow whose payload a stranger chooses, and protect <code>http in</code> with <code>httpNodeAuth</code> of the Node-RED settings.',
  ],
};
