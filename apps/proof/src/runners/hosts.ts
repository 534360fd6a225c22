import * as n8n from '@twelvelabs-nodes/app-n8n';
import * as nodeRed from '@twelvelabs-nodes/app-node-red';
import { createByItems, uploadByWebhook } from './n8n-many.ts';
import { inspectorPort, type Probe, probeOf } from './probe.ts';
import type { Runner } from './runner.ts';

/** The node in a real n8n. */
export async function n8nRunner(
  options: Parameters<typeof n8n.startContractDriver>[1] = {},
): Promise<Runner & { readonly driver: n8n.ContractDriver; readonly probe: Probe }> {
  const { port, argument } = await inspectorPort();
  const env = { ...options.env, NODE_OPTIONS: argument };
  const driver = await n8n.startContractDriver(NOWHERE, { ...options, env });
  const pid = driver.n8n.process.child.pid ?? 0;
  return {
    name: 'n8n',
    pid,
    probe: probeOf(pid, port),
    driver,
    async create(params, settings, account) {
      const driven = await driver.create({ method: undefined, ...params }, settings, account);
      return driven.error ? { error: driven.error } : { asset: driven.asset };
    },
    createMany: (many, account) => createByItems(driver.n8n, many, account),
    uploader: (account) => uploadByWebhook(driver.n8n, account),
    [Symbol.asyncDispose]: () => driver.close(),
  };
}

/** The node in a real Node-RED. */
export async function nodeRedRunner(
  options: Parameters<typeof nodeRed.startContractDriver>[1] = {},
): Promise<Runner & { readonly driver: nodeRed.ContractDriver; readonly probe: Probe }> {
  const { port, argument } = await inspectorPort();
  const nodeArgs = [...(options.nodeArgs ?? []), argument];
  const driver = await nodeRed.startContractDriver(NOWHERE, { ...options, nodeArgs });
  return {
    name: 'Node-RED',
    pid: driver.nodeRed.pid,
    probe: probeOf(driver.nodeRed.pid, port),
    driver,
    async create(params, settings, account) {
      const driven = await driver.create(params, settings, account);
      return driven.error ? { error: driven.error } : { asset: driven.asset };
    },
    createMany: async ({ path, names }, account) => {
      // A message each, all at once: the node's queue is what keeps order.
      const sent = names.map((filename) =>
        driver.send({ payload: path, twelvelabs: { filename } }, {}, account),
      );
      return (await Promise.all(sent)).flatMap(({ error }) => (error ? [error.message] : []));
    },
    [Symbol.asyncDispose]: () => driver.close(),
  };
}

/** Every create names its own account. */
const NOWHERE = { baseUrl: 'http://127.0.0.1:9/v1.3', apiKey: 'tlk_nobody' };
