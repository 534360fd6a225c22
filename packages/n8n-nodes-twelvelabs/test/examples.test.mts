import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';

interface Node {
  readonly name: string;
  readonly type: string;
  readonly position: [number, number];
  readonly parameters: { readonly width?: number; readonly height?: number };
}

const dir = path.resolve(import.meta.dirname, '../examples');
const names = (await readdir(dir)).filter((name) => name.endsWith('.json'));

/** What a node takes on the canvas: its square, and the name below, which may be wider. */
function boxOf({ type, position: [x, y], parameters }: Node) {
  const { width = 100, height = 100 } = parameters;
  return type.endsWith('.stickyNote')
    ? { left: x, right: x + width, top: y, bottom: y + height }
    : { left: x - 30, right: x + 130, top: y, bottom: y + 150 };
}

it.each(names)('%s: nothing lies on top of anything else', async (name) => {
  const { nodes }: { nodes: Node[] } = JSON.parse(await readFile(path.join(dir, name), 'utf8'));
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) {
      const [a, b] = [boxOf(one), boxOf(other)];
      const overlaps = a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
      expect(overlaps, `${one.name} and ${other.name}`).toBe(false);
    }
  }
});
