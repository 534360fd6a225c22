import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
// Its handler of the process's end has to come before the one that removes the folder.
import './child-processes.ts';
import { type Emulator, startEmulator } from './emulator.ts';

/** A command of this repository, as `--help` shows it. */
export interface Command<Flags extends Record<string, Flag<unknown>>> {
  /** What people type, such as `pnpm demo`. */
  readonly name: string;
  readonly about: string;
  readonly flags: Flags;
  /** @throws {CommandLineError} where flags do not go together */
  readonly check?: (values: FlagValues<Flags>) => void;
}

export interface Flag<Value> {
  readonly help: string;
  /** What stands for the value in the help; a flag without it takes no value. */
  readonly value?: string;
  /**
   * @param text the value as it was typed, `undefined` when the flag was not given
   * @throws {Error} saying what the value must be, without the flag's name
   */
  readonly read: (text: string | undefined) => Value;
}

export type FlagValues<Flags> = {
  readonly [Name in keyof Flags]: Flags[Name] extends Flag<infer Value> ? Value : never;
};

/** The command line cannot be understood. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

export const onOff = (help: string): Flag<boolean> => ({ help, read: (text) => text !== undefined });

export const text = (value: string, help: string): Flag<string | undefined> => ({
  help,
  value,
  read: (given) => given,
});

/** Some of a few words, with commas between; all of them when the flag is not given. */
export const list = <Word extends string>(words: readonly Word[], help: string): Flag<readonly Word[]> => ({
  help: `${help}, with commas between: ${words.join(', ')}`,
  value: 'NAMES',
  read(given) {
    if (given === undefined) return words;
    const wanted = given.split(',');
    if (wanted.every((one) => words.some((word) => word === one)))
      return words.filter((word) => wanted.includes(word));
    throw new Error(`must be some of ${words.join(', ')}, with commas between`);
  },
});

/** A whole number from `min`; `fallback` when the flag is not given. */
export const count = <Fallback extends number | undefined>(
  help: string,
  fallback: Fallback,
  { min = 1, max = Number.MAX_SAFE_INTEGER } = {},
): Flag<number | Fallback> => ({
  help: fallback === undefined ? help : `${help} (default ${fallback})`,
  value: 'NUMBER',
  read(given) {
    if (given === undefined) return fallback;
    const number = /^\d+$/.test(given) ? Number(given) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new Error(
      max < Number.MAX_SAFE_INTEGER
        ? `must be a whole number from ${min} to ${max}`
        : `must be a whole number from ${min}`,
    );
  },
});

/** A TCP port, 0 for a free one: the flag, else the variable `PORT`, else `fallback`. */
export const port = (fallback: number, env: NodeJS.Dict<string> = process.env): Flag<number> => {
  const flag = count('port to listen on, 0 for a free one; also the variable PORT', fallback, {
    min: 0,
    max: 65_535,
  });
  const read = (given: string | undefined): number => {
    if (given !== undefined || !env.PORT) return flag.read(given);
    try {
      return flag.read(env.PORT);
    } catch (error) {
      throw new Error(`(by the variable PORT) ${(error as Error).message}`);
    }
  };
  return { ...flag, value: 'PORT', read };
};

export interface Account {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** `--live`: the account on the platform. */
export const live = (env: NodeJS.Dict<string> = process.env): Flag<Account | undefined> => ({
  help: 'use the platform instead of an emulator; needs TWELVE_LABS_API_KEY, takes TWELVELABS_BASE_URL',
  read(given) {
    if (given === undefined) return undefined;
    const { TWELVE_LABS_API_KEY: apiKey, TWELVELABS_BASE_URL: baseUrl } = env;
    if (!apiKey) throw new Error('needs an API key in the variable TWELVE_LABS_API_KEY');
    return { apiKey, baseUrl: baseUrl || 'https://api.twelvelabs.io/v1.3' };
  },
});

/**
 * Reads flags.
 * @returns their values, or `'help'` when that was asked for
 * @throws {CommandLineError} naming the flag, the rule and what was given
 */
export function readFlags<Flags extends Record<string, Flag<unknown>>>(
  flags: Flags,
  args: readonly string[],
): FlagValues<Flags> | 'help' {
  const { tokens } = parseArgs({
    // pnpm passes the "--" of "pnpm demo -- --live" on.
    args: args.filter((argument) => argument !== '--'),
    options: {
      ...Object.fromEntries(
        Object.entries(flags).map(([name, { value }]) => [
          name,
          { type: value ? 'string' : 'boolean' } as const,
        ]),
      ),
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    tokens: true,
  });
  const given = new Map<string, string>();
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') throw new CommandLineError(`"${token.value}" is not a flag.`);
    if (token.name === 'help') return 'help';
    const flag = Object.hasOwn(flags, token.name) ? flags[token.name] : undefined;
    if (!flag) throw new CommandLineError(`There is no flag ${token.rawName}.`);
    if (!flag.value && token.value !== undefined)
      throw new CommandLineError(`${token.rawName} takes no value.`);
    if (flag.value && (!token.value || (!token.inlineValue && token.value.startsWith('-'))))
      throw new CommandLineError(`${token.rawName} needs a value: ${token.rawName} ${flag.value}.`);
    given.set(token.name, token.value ?? '');
  }
  const values = Object.entries(flags).map(([name, { read }]) => {
    try {
      return [name, read(given.get(name))];
    } catch (error) {
      const got = given.get(name) ? ` (got "${given.get(name)}")` : '';
      throw new CommandLineError(`--${name} ${(error as Error).message}${got}.`);
    }
  });
  return Object.fromEntries(values) as FlagValues<Flags>;
}

export function usageOf({
  name,
  about,
  flags,
}: Omit<Command<Record<string, Flag<unknown>>>, 'check'>): string {
  const rows = Object.entries({ ...flags, help: { help: 'show this', value: undefined } }).map(
    ([flag, { value, help }]) => [`--${flag}${value ? ` ${value}` : ''}`, help] as const,
  );
  const width = Math.max(...rows.map(([flag]) => flag.length));
  const lines = rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
  return [`Usage: ${name} [flags]`, '', about, '', ...lines].join('\n');
}

/** Reads the flags of this process. Prints the help, or what is wrong, and exits where there is nothing to run. */
export function commandLine<Flags extends Record<string, Flag<unknown>>>(
  command: Command<Flags>,
): FlagValues<Flags> {
  try {
    const values = readFlags(command.flags, process.argv.slice(2));
    if (values !== 'help') {
      command.check?.(values);
      return values;
    }
    process.stdout.write(`${usageOf(command)}\n`);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    process.stderr.write(`${error.message}\n\n${usageOf(command)}\n`);
    process.exit(2);
  }
}

/**
 * Runs a command that starts programs, and reports why it failed. All temporary folders are in one, which is removed
 * when this process ends, also by a signal. Child processes have to end with this one: see `endWithThis`.
 * @param failed begins the message of a failure, such as `The demo failed`
 */
export async function runCommand(failed: string, main: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'twelvelabs-'));
  // PostgreSQL runs as another user, which needs access to its folder in here.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${failed}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** What a command runs against: the account of `--live`, or an emulator that the command starts. */
export interface Platform extends AsyncDisposable {
  readonly account: Account;
  readonly emulator: Emulator | undefined;
  /** For people: the base URL, the key of an emulator, and its page. */
  readonly lines: readonly string[];
}

export async function startPlatform(account: Account | undefined): Promise<Platform> {
  if (account) {
    const lines = [`TwelveLabs  ${account.baseUrl}`];
    return { account, emulator: undefined, lines, [Symbol.asyncDispose]: async () => undefined };
  }
  const emulator = await startEmulator();
  const lines = [
    `TwelveLabs  ${emulator.baseUrl} (an emulator)`,
    `  API key   ${emulator.apiKey}`,
    `  its page  ${emulator.url}/`,
  ];
  return { account: emulator, emulator, lines, [Symbol.asyncDispose]: () => emulator.close() };
}
