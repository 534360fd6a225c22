/** Turns the configuration of version N, its place in the list plus one, into that of version N + 1. */
type Step = (config: Record<string, unknown>) => Record<string, unknown>;

/** Steps of every node type that has any. A step, once published, never changes: saved flows need it. */
const steps: Readonly<Record<string, readonly Step[]>> = {};

/** The version that a node type's configuration has today. */
export function currentVersion(type: string): number {
  return (steps[type]?.length ?? 0) + 1;
}

/** The editor always saves it: a configuration without one was written by hand, in today's form. */
export function versionOf(type: string, saved: Record<string, unknown>): number {
  return saved.configVersion === undefined ? currentVersion(type) : Number(saved.configVersion);
}

/** Brings a configuration to today's version. One of a newer version stays as it is. */
export function upgrade(type: string, saved: Record<string, unknown>): Record<string, unknown> {
  const pending = (steps[type] ?? []).slice(versionOf(type, saved) - 1);
  const config = pending.reduce((before, step) => step(before), saved);
  return { ...config, configVersion: Math.max(versionOf(type, saved), currentVersion(type)) };
}
