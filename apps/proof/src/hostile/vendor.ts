import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MARKER } from './attack.ts';
import { type Answer, type HostileServer, hostileServer, json } from './server.ts';

const NODE = `module.exports = (RED) => RED.nodes.registerType('other-vendor', function (config) {
  RED.nodes.createNode(this, config);
  this.baseUrl = config.baseUrl;
}, { credentials: { apiKey: { type: 'password' } } });`;

const PACKAGE = {
  name: 'other-vendor',
  version: '1.0.0',
  'node-red': { nodes: { 'other-vendor': 'node.js' } },
};

/** A Node-RED package of another vendor whose node has a key under the same name, and a server that both may ask. */
export interface MadeVendor extends AsyncDisposable {
  readonly folder: string;
  readonly server: HostileServer;
  /** What the server answers from now on. */
  answer: Answer;
  /** A node of the vendor called `other`, and an account of ours called `ours`, both at that server. */
  readonly flows: { readonly id: string; readonly type: string; readonly baseUrl: string }[];
  readonly credentials: Record<string, { apiKey: string }>;
}

export async function makeVendor(): Promise<MadeVendor> {
  const folder = await mkdtemp(join(tmpdir(), 'node-red-vendor-'));
  await writeFile(join(folder, 'package.json'), JSON.stringify(PACKAGE));
  await writeFile(join(folder, 'node.js'), NODE);
  await writeFile(join(folder, 'node.html'), '');
  const server = await hostileServer((socket, request) => vendor.answer(socket, request));
  const baseUrl = `${server.url}/v1.3`;
  const vendor: MadeVendor = {
    folder,
    server,
    answer: json({ data: [], page_info: { page: 1 } }),
    flows: [
      { id: 'other', type: 'other-vendor', baseUrl },
      { id: 'ours', type: 'twelvelabs-config', baseUrl },
    ],
    credentials: { other: { apiKey: 'sk-of-another-vendor' }, ours: { apiKey: MARKER } },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return vendor;
}
