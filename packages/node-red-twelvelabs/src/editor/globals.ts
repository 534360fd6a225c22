export interface EditorNode {
  readonly id: string;
  readonly type: string;
  /** Missing while the node's type is not known. */
  readonly _def?: {
    readonly inputs: number;
    readonly defaults: Readonly<Record<string, { readonly value?: unknown }>>;
  };
  [property: string]: unknown;
  _(key: string): string;
}

interface EditorApi {
  readonly events: { on(name: 'nodes:add', listener: (node: EditorNode) => void): void };
  readonly nodes: {
    eachConfig(visit: (node: EditorNode) => void): void;
    node(id: string): EditorNode | null;
  };
  notify(text: string, type: 'warning' | 'error'): void;
}

declare global {
  // Node-RED's editor provides it, beside jQuery.
  var RED: EditorApi;
}

/** A text of the node's catalog, or else nothing. */
export function translate(node: EditorNode, key: string): string {
  const own = `${node.type}.${key}`;
  const found = node._(own);
  return found === own ? '' : found;
}
