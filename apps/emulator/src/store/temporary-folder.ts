import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/** Makes a folder that is gone at the latest when the process ends, unless a signal kills it. */
export function makeTemporaryFolder(prefix: string): string {
  if (folders.size === 0) process.on('exit', removeAll);
  const path = mkdtempSync(join(tmpdir(), prefix));
  folders.add(path);
  return path;
}

/** Removes a folder that {@link makeTemporaryFolder} made. Other paths are left alone. */
export function removeTemporaryFolder(path: string): void {
  if (!folders.delete(path)) return;
  if (folders.size === 0) process.off('exit', removeAll);
  rmSync(path, { recursive: true, force: true });
}

function removeAll(): void {
  for (const path of folders) rmSync(path, { recursive: true, force: true });
}
