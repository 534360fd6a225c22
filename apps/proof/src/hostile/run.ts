import type { TwelveLabsError } from '@twelvelabs-nodes/core';
import { AttackedClient, failureOf, handles, handlesBackTo } from './attack.ts';
import { type Answer, type HostileOptions, type HostileServer, hostileServer } from './server.ts';

export interface Attacked {
  readonly error: TwelveLabsError;
  readonly requests: HostileServer['requests'];
  /** Bytes that the server got rid of. */
  readonly written: number;
}

/** Runs one call against a server that misbehaves, and looks that nothing of it stays. */
export async function attack(
  answer: Answer,
  work: (client: AttackedClient, server: HostileServer) => Promise<unknown>,
  options: HostileOptions & ConstructorParameters<typeof AttackedClient>[1] = {},
): Promise<Attacked> {
  const { early, tls, host, ...client } = options;
  const before = handles();
  const attacked = await run();
  await handlesBackTo(before);
  return attacked;

  async function run(): Promise<Attacked> {
    await using server = await hostileServer(answer, {
      ...(early === undefined ? {} : { early }),
      ...(tls === undefined ? {} : { tls }),
      ...(host === undefined ? {} : { host }),
    });
    await using account = new AttackedClient(server, client);
    const error = await failureOf(work(account, server));
    return { error, requests: server.requests, written: server.written };
  }
}
