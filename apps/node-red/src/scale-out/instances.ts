import type { Account } from '../drive/node-flow.ts';
import { EXAMPLE_ACCOUNT, fillIn, readExample } from '../examples.ts';
import { installedPackage } from '../harness/install.ts';
import { NodeRed } from '../harness/node-red.ts';
import type { Redis } from './redis.ts';

export interface InstanceOptions {
  readonly name: string;
  readonly account: Account;
  readonly redis: Redis;
  /** Milliseconds without a sign of life after which another instance takes an entry over. */
  readonly takeOverMs?: number;
}

/** One Node-RED with the published flow "Shared queue with Redis Streams". */
export function startInstance({
  name,
  account,
  redis,
  takeOverMs = 60_000,
}: InstanceOptions): Promise<NodeRed> {
  return NodeRed.start({
    packages: [installedPackage('node-red-contrib-redis')],
    flows: fillIn(readExample('Shared queue with Redis Streams'), account, {
      INSTANCE: name,
      REDIS_OPTIONS: JSON.stringify(redis.options),
      REDIS_TAKE_OVER_MS: String(takeOverMs),
    }),
    credentials: { [EXAMPLE_ACCOUNT]: { apiKey: account.apiKey ?? '' } },
  });
}

/** Puts a file or URL into the queue. @returns the entry's id, which is its "create once" key */
export function enqueue(redis: Redis, source: string): Promise<string> {
  return redis.command('XADD', 'uploads', '*', 'source', source);
}

/** Entries that nobody has acknowledged: those taken, and those not even read. `NaN` before the first instance has started. */
export async function unfinished(redis: Redis): Promise<number> {
  const group = (await redis.command('XINFO', 'GROUPS', 'uploads')).split('\n');
  const field = (name: string) =>
    group.includes(name) ? Number(group[group.indexOf(name) + 1]) : Number.NaN;
  return field('pending') + field('lag');
}
