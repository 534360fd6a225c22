import { type NodeSettings, settingsOf } from '../src/settings/setting.ts';

/** Paragraphs that several nodes share; a node's own help names them in double braces. */
const SHARED = {
  id: `<dt>payload._id <span class="property-type">string</span></dt>
    <dd>the ID of the asset. Another place can be chosen.</dd>`,
  overrides: `<dt class="optional">twelvelabs <span class="property-type">object</span></dt>
    <dd>overrides settings for this message, by the names listed under <i>Settings</i>. The node removes it from the message, so that the next node does not see it.</dd>`,
  abort: `<dt class="optional">abort <span class="property-type">boolean | string</span></dt>
    <dd><code>true</code> stops all messages of this node; the <code>_msgid</code> of a message stops that one. Stopped messages end with the code <code>aborted</code>.</dd>`,
  asset: `<dt>payload <span class="property-type">object</span></dt>
    <dd>the asset as the platform returns it: <code>_id</code>, <code>status</code>, <code>filename</code>, <code>file_type</code>, <code>size</code> (bytes), <code>duration</code> (seconds) and more. All other properties of the message stay.</dd>`,
  errors: `<p>Errors go to <b>catch</b> nodes: <code>msg.error.code</code> is one of <code>validation</code>, <code>authentication</code>, <code>rate_limit</code>, <code>network</code>, <code>timeout</code>, <code>aborted</code> and others; <code>msg.error.cause</code> contains the details, such as <code>status</code>, or the <code>issues</code> with the <code>property</code> that was wrong.</p>`,
  queue: `<p>Messages are processed in parallel, as many at once as the account allows. The others wait in a queue; the status shows its length. The node waits for rate limits, and retries failures that may pass.</p>`,
} as const;

/** The help of a node: its own text, every setting, and what all nodes have in common. */
export function helpHtml(node: NodeSettings, own: string): string {
  const text = own.trim().replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    if (!(name in SHARED))
      throw new Error(`The help of ${node.type} names {{${name}}}, which does not exist`);
    return SHARED[name as keyof typeof SHARED];
  });
  const settings = Object.entries(settingsOf(node)).map(
    ([name, { label, hint }]) => `    <dt>${label} <code>${name}</code></dt>\n    <dd>${escaped(hint)}</dd>`,
  );
  return `<script type="text/html" data-help-name="${node.type}">
  ${text}
  <h3>Settings</h3>
  <dl class="message-properties">
${settings.join('\n')}
  </dl>
  <h3>References</h3>
  <ul>
    <li><a href="https://docs.twelvelabs.io/" target="_blank" rel="noopener">TwelveLabs documentation</a></li>
  </ul>
</script>
`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
