import { commandLine, count } from './command-line.ts';
import { startEmulator } from './emulator.ts';
import { EnvironmentError, optionsFromEnv } from './env.ts';
import { sampleVideo } from './samples.ts';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const flags = commandLine({
  name: 'pnpm emulator',
  about:
    'Starts an emulator of the TwelveLabs platform and stays up until Ctrl+C. apps/emulator/README.md lists its variables.',
  flags: {
    port: count('port to listen on, 0 for a free one; default PORT, else 8012', undefined, {
      min: 0,
      max: 65_535,
    }),
  },
});

try {
  const emulator = await startEmulator({
    ...optionsFromEnv({ ...process.env, PORT: flags.port?.toString() ?? process.env.PORT }),
    closeGraceMs: 5000,
  });
  print(`TwelveLabs emulator

  web page  ${emulator.url}/
  base URL  ${emulator.baseUrl}
  API key   ${emulator.apiKey}
  data      ${emulator.dataDir}

Try it:
  curl -H 'x-api-key: ${emulator.apiKey}' -F method=direct -F file=@${shellQuoted(sampleVideo)} ${emulator.baseUrl}/assets

Ctrl+C stops it.`);
  const stop = (): void => {
    // A second signal ends the process at once, should a client keep a connection open.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
    void emulator.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  const { message, code } = error as Error & { code?: string };
  const hint = code === 'EADDRINUSE' ? '\nChoose another port with --port, or 0 for a free one.' : '';
  process.stderr.write(`The emulator cannot start.\n${message}${hint}\n`);
  process.exitCode = error instanceof EnvironmentError ? 2 : 1;
}

function shellQuoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
