import type { EditorNode } from './globals.ts';
import { migrateNode } from './migrate-node.ts';

export { prepareConnectionTest } from './connection-test.ts';
export { drawSections } from './fields.ts';

/** Every output is one asset, or what an operation gives in its place. */
export function portLabel(node: EditorNode, key: string): string {
  return node._(`${node.type}.port.${key}`);
}

RED.events.on('nodes:add', migrateNode);
