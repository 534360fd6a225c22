import { createAssetSteps } from './create-asset.ts';
import type { Step } from './step.ts';

/** Steps of every node type that has any. A step, once published, never changes: flows out there need it. */
const steps: Readonly<Record<string, readonly Step[]>> = {
  'twelvelabs-create-asset': createAssetSteps,
};

/** The version that a node type's configuration has today. */
export function currentVersion(type: string): number {
  return (steps[type]?.length ?? 0) + 1;
}

/** The editor has always saved it: a configuration without is written by hand, in today's form. */
export function versionOf(type: string, saved: Record<string, unknown>): number {
  return saved.configVersion === undefined ? currentVersion(type) : Number(saved.configVersion);
}

/** Brings a configuration to today's version. One of a newer version stays as it is. */
export function upgrade(type: string, saved: Record<string, unknown>): Record<string, unknown> {
  const pending = (steps[type] ?? []).slice(versionOf(type, saved) - 1);
  const config = pending.reduce((before, step) => step(before), saved);
  return { ...config, configVersion: Math.max(versionOf(type, saved), currentVersion(type)) };
}
