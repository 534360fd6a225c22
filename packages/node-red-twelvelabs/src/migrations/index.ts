import { currentVersion, upgrade, versionOf } from './steps.ts';

/**
 * A configuration as today's code expects it, whichever version saved it.
 * @throws {Error} when a newer version of the package saved it, which only that one understands
 */
export function migrate<Config extends Record<string, unknown>>(type: string, saved: Config): Config {
  const version = versionOf(type, saved);
  const current = currentVersion(type);
  if (version > current) {
    throw new Error(
      `${type}: saved by a newer version of these nodes (configuration ${version}, known up to ${current}); update them`,
    );
  }
  return upgrade(type, saved) as Config;
}
