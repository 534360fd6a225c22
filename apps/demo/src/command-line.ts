import { parseArgs } from 'node:util';

export interface DemoSettings {
  /** The platform to use instead of an emulator. */
  readonly live?: { readonly apiKey: string; readonly baseUrl: string } | undefined;
  /** A public URL of a media file, for the platform to fetch. */
  readonly url?: string | undefined;
}

export const USAGE = `Usage: pnpm demo [--live [--url URL]]

Creates TwelveLabs assets from a media file and from a URL, in a real n8n and in a real Node-RED,
against an emulator of the platform on this machine.

  --live     use the platform itself; needs TWELVE_LABS_API_KEY (and takes TWELVELABS_BASE_URL)
  --url URL  with --live: a public URL of a media file; without it, only the file is sent`;

/**
 * Reads the command line and the environment.
 * @throws {Error} naming the option or variable, the rule and what it got
 */
export function demoSettings(args: readonly string[], env: NodeJS.ProcessEnv): DemoSettings | 'help' {
  // pnpm passes the "--" of "pnpm demo -- --live" on.
  const { values } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: { live: { type: 'boolean' }, url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return 'help';
  if (!values.live) {
    if (values.url !== undefined)
      throw new Error('--url goes with --live: the emulator serves its own sample');
    return {};
  }
  const apiKey = env.TWELVE_LABS_API_KEY ?? '';
  if (apiKey === '')
    throw new Error('TWELVE_LABS_API_KEY must hold an API key when --live is given (it is not set)');
  const baseUrl = env.TWELVELABS_BASE_URL || 'https://api.twelvelabs.io/v1.3';
  return { live: { apiKey, baseUrl }, url: values.url };
}
