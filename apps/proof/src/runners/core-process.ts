import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { within } from '../deadline.ts';
import { type Connection, coreRunner } from './core.ts';
import { inspectorPort, type Probe, probeOf } from './probe.ts';
import type { Account, Options, Outcome, Params, Runner } from './runner.ts';

interface Job {
  readonly id: number;
  readonly params: Params;
  readonly options: Options;
  readonly account: Account;
}

const SELF = fileURLToPath(import.meta.url);

/** Core in a separate process, which can be killed. */
export async function coreProcess(connection: Connection = {}): Promise<Runner & { readonly probe: Probe }> {
  const { port, argument } = await inspectorPort();
  const child = fork(SELF, ['serve', JSON.stringify(connection)], { execArgv: [argument], silent: true });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    said = (said + piece).slice(-2_000);
  });
  // Read, so that the pipe never fills up and blocks the process.
  child.stdout?.resume();
  const waiting = new Map<number, PromiseWithResolvers<Outcome>>();
  child.on('exit', (code, signal) => {
    const ended = new Error(`The process of core ended with ${code ?? signal}: ${said}`);
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  });
  const ready = Promise.withResolvers<Outcome>();
  waiting.set(0, ready);
  child.on('message', ({ id, outcome }: { id: number; outcome: Outcome }) => {
    waiting.get(id)?.resolve(outcome);
    waiting.delete(id);
  });
  await within(60_000, 'The start of core', ready.promise);
  let jobs = 0;
  return {
    name: 'core',
    pid: child.pid ?? 0,
    probe: probeOf(child.pid ?? 0, port),
    create(params, options, account) {
      const job: Job = { id: ++jobs, params, options, account };
      const outcome = Promise.withResolvers<Outcome>();
      waiting.set(job.id, outcome);
      child.send(job);
      return outcome.promise;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill();
      await exited;
    },
  };
}

if (process.argv[1] === SELF && process.argv[2] === 'serve') {
  const core = coreRunner(JSON.parse(process.argv[3] ?? '{}') as Connection);
  process.on('message', async ({ id, params, options, account }: Job) => {
    const outcome = await core.create(params, options, account);
    process.send?.({ id, outcome });
  });
  process.send?.({ id: 0 });
}
