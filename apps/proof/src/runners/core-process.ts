import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
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

/** Core in a process of its own, which can be killed. */
export async function coreProcess(connection: Connection = {}): Promise<Runner & { readonly probe: Probe }> {
  const { port, argument } = await inspectorPort();
  const child = fork(SELF, ['serve', JSON.stringify(connection)], { execArgv: [argument], silent: true });
  await once(child, 'message');
  const waiting = new Map<number, (outcome: Outcome) => void>();
  child.on('message', ({ id, outcome }: { id: number; outcome: Outcome }) => {
    waiting.get(id)?.(outcome);
    waiting.delete(id);
  });
  let jobs = 0;
  return {
    name: 'core',
    pid: child.pid ?? 0,
    probe: probeOf(child.pid ?? 0, port),
    create: (params, options, account) =>
      new Promise((resolve) => {
        const job: Job = { id: ++jobs, params, options, account };
        waiting.set(job.id, resolve);
        child.send(job);
      }),
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
  process.send?.('ready');
}
