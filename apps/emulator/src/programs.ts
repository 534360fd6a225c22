import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where Debian keeps PostgreSQL's programs, the newest version first; only some of them are on the `PATH`. */
const POSTGRESQL = '/usr/lib/postgresql';

/** The absolute path of a program of this machine, `undefined` when there is none. */
export function findProgram(name: string): string | undefined {
  const folders = [...postgresqlFolders(), ...(process.env.PATH ?? '').split(delimiter).filter(Boolean)];
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * Whether tests that need programs of the machine are skipped: never with `CI=true`, where a missing one fails them.
 * Such tests say `(needs ffmpeg)` in their names, so that `pnpm test` can count them by reason.
 */
export function lacks(...programs: readonly string[]): boolean {
  return process.env.CI !== 'true' && programs.some((name) => findProgram(name) === undefined);
}

function postgresqlFolders(): string[] {
  try {
    const versions = readdirSync(POSTGRESQL).sort((one, other) => Number(other) - Number(one));
    return versions.map((version) => join(POSTGRESQL, version, 'bin'));
  } catch {
    return [];
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
