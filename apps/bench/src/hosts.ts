import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The hosts measure themselves, against what their users have without our nodes. */
const HOSTS = ['n8n', 'node-red'] as const;

/** Runs `apps/<host>/bench/main.ts` of each host that has one, which prints its own table. */
export async function benchHosts(rounds: number, quick: boolean): Promise<void> {
  for (const host of HOSTS) {
    const script = fileURLToPath(new URL(`../../${host}/bench/main.ts`, import.meta.url));
    if (!existsSync(script)) continue;
    process.stdout.write(`\n${host}\n`);
    const child = spawn(
      process.execPath,
      [script, String(rounds), `--rounds=${rounds}`, ...(quick ? ['--quick'] : [])],
      { stdio: 'inherit' },
    );
    const end = () => child.kill();
    process.once('exit', end);
    const code = await new Promise<number | null>((resolve, reject) =>
      child.on('exit', resolve).on('error', reject),
    );
    process.off('exit', end);
    if (code !== 0) throw new Error(`the bench of ${host} ended with ${code}`);
  }
}
