export interface EditorNode {
  readonly id: string;
  readonly type: string;
  /** Missing while the node's type is not known. */
  readonly _def?: { readonly defaults: Readonly<Record<string, { readonly value?: unknown }>> };
  [property: string]: unknown;
  _(key: string): string;
}

interface EditorApi {
  _(key: string): string;
  readonly events: { on(name: 'nodes:add', listener: (node: EditorNode) => void): void };
}

declare global {
  // Node-RED's editor provides it, beside jQuery.
  var RED: EditorApi;
}

/** Translations that all pages share live with the config node. */
const COMMON = '@twelvelabs-nodes/node-red-twelvelabs/twelvelabs-config:common';

/** A text of the page's own catalogue, or else of the common one, or else nothing. */
export function translate(node: EditorNode, key: string): string {
  const own = `${node.type}.${key}`;
  const found = node._(own);
  if (found !== own) return found;
  const shared = `${COMMON}.${key}`;
  const common = RED._(shared);
  return common === shared || common === `common.${key}` ? '' : common;
}
