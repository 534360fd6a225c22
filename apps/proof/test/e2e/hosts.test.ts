import { afterAll, beforeAll } from 'vitest';
import { type Hosts, startHosts } from '../../src/hosts.ts';
import { calls } from './parts/calls.ts';
import { connectionTest } from './parts/connection-test.ts';
import { contract } from './parts/contract.ts';
import { faultMatrix } from './parts/fault-matrix.ts';
import { keyAttacks } from './parts/key-attacks.ts';
import { load } from './parts/load.ts';
import { lyingServers } from './parts/lying-servers.ts';
import { offers } from './parts/offers.ts';
import { secrecy } from './parts/secrecy.ts';
import { strangers } from './parts/strangers.ts';

// One n8n and one Node-RED for all parts: a start costs more than most of them. The search for the key comes last.

let hosts: Hosts;
beforeAll(async () => {
  hosts = await startHosts();
});
afterAll(() => hosts?.[Symbol.asyncDispose]());

for (const part of [
  contract,
  faultMatrix,
  calls,
  load,
  lyingServers,
  keyAttacks,
  connectionTest,
  offers,
  strangers,
  secrecy,
])
  part(() => hosts);
