import { delimiter } from 'node:path';

/**
 * The surroundings of a person's shell, not those of the pnpm that runs these tests.
 *
 * The `PATH` goes back to the machine's own Node.js: npm reads its machine-wide settings, such as `cafile`, beside the
 * Node.js that runs it. On the workspace's own it finds none, and behind a proxy with a certificate of its own it then
 * repeats every request for minutes.
 */
export function shellEnvironment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|pnpm_|INIT_CWD$|NODE_OPTIONS$|VITEST|NODE_ENV$)/i.test(name),
    ),
  );
  const registry = process.env.npm_config_registry;
  if (registry) env.npm_config_registry = registry;
  env.PATH = (env.PATH ?? '')
    .split(delimiter)
    .filter((entry) => !/[/\\]node_modules[/\\]/.test(`${entry}/`))
    .join(delimiter);
  return env;
}
