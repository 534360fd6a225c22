import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Packed, pack } from '../../src/pack.ts';
import { PUBLISHED, type Published } from '../../src/workspace.ts';

declare module 'vitest' {
  interface ProvidedContext {
    packed: Record<Published, Packed>;
  }
}

/** Packs every published package once for all tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'twelvelabs-release-'));
  const packed: Partial<Record<Published, Packed>> = {};
  for (const published of PUBLISHED) packed[published] = await pack(published, folder);
  project.provide('packed', packed as Record<Published, Packed>);
  return () => rm(folder, { recursive: true, force: true });
}
