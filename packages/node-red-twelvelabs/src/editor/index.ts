import { upgrade } from '../migrations/steps.ts';
import type { EditorNode } from './globals.ts';

export { prepareConnectionTest } from './connection-test.ts';
export { drawSections } from './fields.ts';

/**
 * Brings a node that an older version saved to today's configuration, so that the dialog and a deploy show the
 * same. What it lacks gets its default: an empty typed input would show its first choice, which nobody chose.
 */
export function migrateNode(node: EditorNode): void {
  Object.assign(node, upgrade(node.type, node));
  for (const [name, { value }] of Object.entries(node._def.defaults)) {
    if (node[name] === undefined && value !== undefined) node[name] = value;
  }
}

/** Every output is one asset, or what an operation gives in its place. */
export function portLabel(node: EditorNode, key: string): string {
  return node._(`${node.type}.port.${key}`);
}
