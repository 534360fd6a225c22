import type { Help, HelpProperty } from '../src/settings/help.ts';
import { type NodeSettings, type Setting, type Settings, settingsOf } from '../src/settings/setting.ts';

const OVERRIDES: HelpProperty = {
  name: 'twelvelabs',
  type: 'object',
  optional: true,
  text: 'overrides settings for this message, by the names listed under <i>Settings</i>. The node removes it from the message, so that the next node does not see it.',
};

const ABORT: HelpProperty = {
  name: 'abort',
  type: 'boolean | string',
  optional: true,
  text: '<code>true</code> stops all messages of this node; the <code>_msgid</code> of a message stops that one. Stopped messages end with the code <code>aborted</code>.',
};

const QUEUE =
  'Messages are processed in parallel, as many at once as the account allows. The others wait in a queue; the status shows its length. The node waits for rate limits, and retries failures that may pass; the status then shows why, and since when.';

const ERRORS =
  'Errors go to <b>catch</b> nodes: <code>msg.error.code</code> is one of <code>validation</code>, <code>authentication</code>, <code>rate_limit</code>, <code>network</code>, <code>timeout</code>, <code>aborted</code> and others; <code>msg.error.cause</code> contains the details, such as <code>status</code>, or the <code>issues</code> with the <code>property</code> that was wrong. When an asset exists although the message failed, its ID is in <code>msg.assetId</code> and <code>msg.error.cause.assetId</code>, and those of several in <code>msg.error.cause.assetIds</code>.';

/** The help of a node: what its `help.ts` says, every setting, and what all nodes have in common. */
export function helpHtml(
  node: NodeSettings,
  { about, inputs = [], outputs, details = [], queue }: Help,
): string {
  const hasInput = node.ports.in !== undefined;
  const paragraphs = [
    ...details,
    ...(hasInput && queue !== false ? [QUEUE] : []),
    ...(hasInput ? [ERRORS] : []),
  ];
  return `<script type="text/html" data-help-name="${node.type}">
  <p>${about}</p>
${hasInput ? section('Inputs', [...inputs, ABORT, OVERRIDES].map(propertyHtml)) : ''}${section('Outputs', outputs.map(propertyHtml))}  <h3>Details</h3>
${paragraphs.map((text) => `  <p>${text}</p>\n`).join('')}${section('Settings', settingsHtml(settingsOf(node)))}  <h3>References</h3>
  <ul>
    <li><a href="https://docs.twelvelabs.io/" target="_blank" rel="noopener">TwelveLabs documentation</a></li>
  </ul>
</script>
`;
}

function section(title: string, entries: readonly string[]): string {
  return `  <h3>${title}</h3>
  <dl class="message-properties">
${entries.join('')}  </dl>
`;
}

function propertyHtml({ name, type, optional, text }: HelpProperty): string {
  const start = optional ? '<dt class="optional">' : '<dt>';
  return `    ${start}${name} <span class="property-type">${type}</span></dt>\n    <dd>${text}</dd>\n`;
}

function settingsHtml(settings: Settings): string[] {
  return Object.entries(settings).map(
    ([name, setting]) =>
      `    <dt>${setting.label} <code>${name}</code></dt>\n    <dd>${escaped(setting.hint)}${condition(setting, settings)}</dd>\n`,
  );
}

/** `Applies to Action: create, list.` */
function condition({ when }: Setting, settings: Settings): string {
  const chooser = when && settings[when.setting];
  if (!chooser) return '';
  const choices = when.is.map((value) => chooser.options?.[value] ?? value);
  return ` Applies to <i>${chooser.label}</i>: ${choices.join(', ')}.`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
