import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A platform that takes an upload slowly, and knows when the other side has gone. */
export interface SlowSink extends AsyncDisposable {
  readonly baseUrl: string;
  /** How many uploads began. */
  readonly begun: number;
  /** How many were cut off. */
  readonly cutOff: number;
}

/** Reads a piece (64 KiB) every 2 ms, so that a connection's end is seen at once: who does not read does not see it. */
export async function startSlowSink(): Promise<SlowSink> {
  let begun = 0;
  let cutOff = 0;
  const server = createServer(async (request, response) => {
    begun += 1;
    try {
      for await (const _ of request) await sleep(2);
      response
        .writeHead(201, { 'content-type': 'application/json' })
        .end('{"_id":"65f0a1b2c3d4e5f6a7b8c9d0","status":"processing"}');
    } catch {
      cutOff += 1;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1.3`,
    get begun() {
      return begun;
    },
    get cutOff() {
      return cutOff;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
