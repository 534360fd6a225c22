import { type EmulatorOptions, shapeOf } from './options.ts';

/** Environment variables have wrong values. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads the emulator's environment variables; an empty one counts as not set.
 *
 * @throws {EnvironmentError} naming all wrong ones, their rules and the shape of their values.
 */
export function optionsFromEnv(env: NodeJS.Dict<string>): EmulatorOptions {
  const problems: string[] = [];
  const read = <T>(name: string, rule: string, parse: (text: string) => T | undefined): T | undefined => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    const value = parse(text);
    if (value === undefined) problems.push(`${name}: must be ${rule} (got ${shapeOf(text)})`);
    return value;
  };
  const port = read('PORT', 'a whole number from 0 to 65535', (text) => integer(text, 0, 65_535));
  const host = read('HOST', 'a host name or an IP address', (text) =>
    /^[\w.:-]+$/.test(text) ? text : undefined,
  );
  const dataDir = read('EMULATOR_DATA_DIR', 'the path of a folder', (text) =>
    text.trim() === '' ? undefined : text,
  );
  const apiKeys = read(
    'EMULATOR_API_KEYS',
    'a list of keys with commas between, without spaces in them',
    (text) => {
      const keys = text.split(',').map((key) => key.trim());
      return keys.every((key) => /^[\x21-\x7e]+$/.test(key)) ? keys : undefined;
    },
  );
  const rateLimit = read(
    'EMULATOR_RATE_LIMIT',
    'requests, or requests/seconds, such as 10 or 10/60',
    (text) => {
      const match = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(text);
      const limit = Number(match?.[1] ?? 0);
      const windowSeconds = Number(match?.[2] ?? 60);
      return limit > 0 && windowSeconds > 0 ? { limit, windowSeconds } : undefined;
    },
  );
  const ffmpeg = read('EMULATOR_FFMPEG', "ffmpeg's path or command, or none", (text) => {
    if (text === 'none') return false;
    return text.trim() === '' ? undefined : text;
  });
  if (problems.length > 0) throw new EnvironmentError(problems.join('\n'));
  return {
    port: port ?? 8012,
    ...(host !== undefined && { host }),
    ...(dataDir !== undefined && { dataDir }),
    ...(apiKeys !== undefined && { apiKeys }),
    ...(rateLimit !== undefined && { rateLimit }),
    ...(ffmpeg !== undefined && { ffmpeg }),
  };
}

function integer(text: string, min: number, max: number): number | undefined {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
