import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The hosts measure themselves, against what their users have without our nodes. */
const SCRIPTS = [
  'n8n/bench/main.ts',
  'n8n/bench/many.ts',
  'n8n/bench/analyze.ts',
  'node-red/bench/main.ts',
  'node-red/bench/many.ts',
] as const;

/** Runs all scripts of the hosts, which print their own tables. @throws {Error} at the end, naming those that missed a target */
export async function benchHosts(rounds: number, quick: boolean): Promise<void> {
  const failed: string[] = [];
  for (const name of SCRIPTS) {
    const script = fileURLToPath(new URL(`../../${name}`, import.meta.url));
    process.stdout.write(`\n${name}\n`);
    const child = spawn(process.execPath, [script, `--rounds=${rounds}`, ...(quick ? ['--quick'] : [])], {
      stdio: 'inherit',
    });
    const end = () => child.kill();
    process.once('exit', end);
    const code = await new Promise<number | null>((resolve, reject) =>
      child.on('exit', resolve).on('error', reject),
    );
    process.off('exit', end);
    if (code !== 0) failed.push(name);
  }
  if (failed.length > 0) throw new Error(`Not all is well: ${failed.join(', ')}`);
}
