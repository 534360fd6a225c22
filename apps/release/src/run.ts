import { spawn } from 'node:child_process';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the program is ended. Default: 200,000, less than a test may take. */
  readonly limit?: number;
}

/**
 * Runs a program to its end, without a shell; never rejects for a non-zero exit.
 * @throws {Error} with everything it printed, when it does not come to an end
 */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env, limit = 200_000 }: RunOptions,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      // What it started may live on, and hold these open.
      child.stdout.destroy();
      child.stderr.destroy();
      const line = [command, ...args].join(' ');
      reject(new Error(`${line} did not end within ${limit} ms:\n${stdout}\n${stderr}`));
    }, limit);
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stdout, stderr });
    });
  });
}

/**
 * Runs a program that has to succeed.
 * @returns its standard output
 * @throws {Error} with everything it printed, when it does not
 */
export async function runOk(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${stdout}\n${stderr}`);
}
