import { upgrade } from '../migrations/steps.ts';
import type { EditorNode } from './globals.ts';

/**
 * Brings a node that an older version saved to today's configuration, so that its dialog and a deploy show what
 * the runtime does. What it lacks gets its default: an empty typed input would show its first choice, which nobody
 * chose. Runs for every node that comes into the editor: the type's own `onadd` is not told of loaded flows.
 */
export function migrateNode(node: EditorNode): void {
  const defaults = node._def?.defaults;
  if (!node.type.startsWith('twelvelabs-') || !defaults?.configVersion) return;
  Object.assign(node, upgrade(node.type, node));
  for (const [name, { value }] of Object.entries(defaults)) {
    if (node[name] === undefined && value !== undefined) node[name] = value;
  }
}
