import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Emulator, startEmulator } from '@twelvelabs-nodes/emulator';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { requestViolations } from '../../../../apps/emulator/test/openapi.ts';
import {
  type Asset,
  AssetsClient,
  type AssetsClientOptions,
  type ClientOptions,
  TwelveLabsClient,
} from '../../src/index.ts';
import { systemClock, undiciTransport } from '../../src/node/index.ts';
import { VirtualClock } from './virtual-clock.ts';

/**
 * An emulator for the tests of a file, emptied after each test. Every request that it accepted has to be one that the
 * published description allows.
 */
export function usePlatform(options: Parameters<typeof startEmulator>[0] = {}) {
  let emulator: Emulator;
  const transports: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, ...options });
  });
  afterEach(async () => {
    for (const entry of emulator.requests())
      if (
        entry.path.startsWith('/v1.3/') &&
        entry.fault === null &&
        entry.status !== null &&
        entry.status < 300
      )
        expect(requestViolations({ ...entry, path: entry.path.slice('/v1.3'.length) }), entry.path).toEqual(
          [],
        );
    await Promise.all(transports.splice(0).map((transport) => transport.close()));
    await emulator.reset();
  });
  afterAll(() => emulator.close());
  return {
    get emulator() {
      return emulator;
    },
    /** A client on a clock of its own. */
    client(overrides: Partial<AssetsClientOptions> & { apiKey?: string; baseUrl?: string } = {}) {
      const clock = new VirtualClock();
      const { apiKey = emulator.apiKey, baseUrl = emulator.baseUrl, ...rest } = overrides;
      const transport = undiciTransport({ apiKey, baseUrl });
      transports.push(transport);
      return { client: new AssetsClient({ transport, clock, baseUrl, ...rest }), clock };
    },
    /** A client for all resources, on a clock of its own. */
    account(overrides: Partial<ClientOptions> = {}) {
      const { baseUrl } = emulator;
      const clock = new VirtualClock();
      const transport = undiciTransport({ apiKey: emulator.apiKey, baseUrl });
      transports.push(transport);
      return { client: new TwelveLabsClient({ transport, clock, baseUrl, ...overrides }), clock };
    },
    /** A ready asset. */
    async asset(path: string, type: string): Promise<Asset> {
      const file = new File([await readFile(path)], basename(path), { type });
      const { client } = this.client({ clock: systemClock });
      return client.create({ method: 'direct', file }, { waitUntilReady: { interval: 10 } });
    },
    /** Ids of all assets, without those of multipart uploads that nobody completed. */
    async assets(): Promise<string[]> {
      await emulator.settled();
      const { client } = this.client();
      const ids: string[] = [];
      for await (const { _id, method, status } of client.listAll())
        if (method !== 'multipart' || status !== 'processing') ids.push(_id);
      return ids;
    },
    /** How often a request of this method and path arrived. */
    arrived(method: string, path: string | RegExp): number {
      const matches = (value: string) => (typeof path === 'string' ? value === path : path.test(value));
      return emulator.requests().filter((entry) => entry.method === method && matches(entry.path)).length;
    },
  };
}
