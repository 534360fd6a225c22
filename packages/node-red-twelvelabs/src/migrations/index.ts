import type { NodeConfig } from '../runtime/node-config.ts';

/** Turns the configuration of version N, its place in the list plus one, into that of version N + 1. */
export type Step = (config: Record<string, unknown>) => Record<string, unknown>;

/** Steps of every node type that has any. */
const steps: Readonly<Record<string, readonly Step[]>> = {};

/** The version that a node type's configuration has today. */
export function currentVersion(type: string): number {
  return (steps[type]?.length ?? 0) + 1;
}

/**
 * A configuration as today's code expects it, whichever version saved it.
 * @throws {Error} when a newer version of the package saved it, which only that one understands.
 */
export function migrate(type: string, saved: NodeConfig): NodeConfig {
  const version = saved.configVersion === undefined ? 1 : Number(saved.configVersion);
  const current = currentVersion(type);
  if (version > current) {
    throw new Error(
      `${type}: saved by a newer version of these nodes (configuration ${version}, known up to ${current}); update them`,
    );
  }
  const pending = (steps[type] ?? []).slice(version - 1);
  const config = pending.reduce((before, step) => step(before), { ...saved } as Record<string, unknown>);
  return { ...config, configVersion: current } as unknown as NodeConfig;
}
