import { manifest, PUBLISHED } from './workspace.ts';

/** pnpm's own commands that the documentation uses. */
const PNPM_COMMANDS = new Set(['install', 'exec', 'add', 'why']);

/** Programs that a reader has, or is told to have, and whose lines say nothing about this repository. */
const FOREIGN = new Set(['cd', 'git', 'docker', 'node', 'n8n', 'export', 'mkdir', 'cp', 'ffmpeg']);

const rootScripts = (): Set<string> => new Set(Object.keys(manifest('').scripts ?? {}));
const packageNames = (): Set<string> => new Set(PUBLISHED.map((folder) => manifest(folder).name));

/**
 * What is wrong with a line of a shell example: a script or a package that does not exist, a program that no check knows.
 * @returns the problem in words, or `undefined`; `curl` lines are for the caller to run
 */
export function problemOf(line: string): string | undefined {
  const words = line
    .replace(/^\s*\$ /, '')
    .trim()
    .split(/\s+/);
  while (/^[A-Z_]+=/.test(words[0] ?? '')) words.shift();
  const [program, ...rest] = words;
  if (program === undefined || program === '' || program.startsWith('#')) return undefined;
  if (program === 'npx') return problemOfNpx(rest);
  if (program === 'pnpm') return problemOfPnpm(rest);
  if (program === 'npm') return problemOfNpm(rest);
  if (program === 'bash') return undefined;
  return FOREIGN.has(program) || program === 'curl' ? undefined : `nothing checks "${program}"`;
}

function problemOfNpx(words: readonly string[]): string | undefined {
  const [flag, pnpm, ...rest] = words;
  const pinned = (JSON.parse(JSON.stringify(manifest(''))) as { packageManager?: string }).packageManager;
  if (flag !== '-y' || pnpm !== pinned) return `npx should run "-y ${pinned}"`;
  return problemOfPnpm(rest);
}

function problemOfPnpm(words: readonly string[]): string | undefined {
  const plain = words.filter((word) => !word.startsWith('-'));
  const filters = words.filter((word) => word.startsWith('--filter='));
  const [command] = plain;
  if (command === undefined) return 'pnpm is given nothing to do';
  if (PNPM_COMMANDS.has(command) || rootScripts().has(command)) return undefined;
  return filters.length > 0 ? undefined : `there is no script "${command}"`;
}

function problemOfNpm(words: readonly string[]): string | undefined {
  const [command, ...rest] = words;
  if (command === 'audit') return undefined;
  if (command !== 'install' && command !== 'i') return `nothing checks "npm ${command}"`;
  const unknown = rest.filter((word) => !word.startsWith('-') && !packageNames().has(word));
  return unknown.length > 0 ? `${unknown.join(', ')} is none of our packages` : undefined;
}
