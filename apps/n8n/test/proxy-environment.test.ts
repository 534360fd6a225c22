import { startEmulator } from '@twelvelabs-nodes/emulator';
import { expect, it } from 'vitest';
import { saveCredential, testCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { startN8n } from '../src/server.ts';
import { chain, NODE_TYPE } from '../src/workflow.ts';
import { listen } from './support/listen.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const EXPLAINED = /n8n sends requests through a proxy.* Add (127\.0\.0\.1|localhost) to .*NO_PROXY/;

it('the key never goes to the proxy of the environment, for an address of this machine', async () => {
  await using proxy = await listen((_request, response) => response.writeHead(502).end());
  const emulator = await startEmulator({ apiKeys: [MARKER_KEY] });
  const env = { HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' };
  const n8n = await startN8n({ env });
  try {
    const nodes = {
      ours: { name: 'Node', type: NODE_TYPE, parameters: { operation: 'getAll' } },
      http: {
        name: 'Node',
        type: 'n8n-nodes-base.httpRequest',
        typeVersion: 4.4,
        parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'twelveLabsApi' },
      },
    };
    const outcomes = async (baseUrl: string) => {
      const account = { apiKey: MARKER_KEY, baseUrl };
      const credential = await saveCredential(n8n.rest, account);
      const { message } = await testCredential(n8n.rest, account, credential);
      const run = async (node: (typeof nodes)['ours' | 'http'], parameters: object) => {
        const workflow = chain(
          'Proxy',
          [{}],
          [{ ...node, credential, parameters: { ...node.parameters, ...parameters } }],
        );
        const { status, error } = await executeWorkflow(n8n.rest, workflow);
        return error?.message ?? status;
      };
      return [message, await run(nodes.ours, {}), await run(nodes.http, { url: `${baseUrl}/assets` })];
    };

    expect(await outcomes(emulator.baseUrl)).toEqual([
      expect.stringMatching(/success/i),
      'success',
      'success',
    ]);
    expect(proxy.received).toEqual([]);

    // Not among the hosts of NO_PROXY.
    for (const outcome of await outcomes(emulator.baseUrl.replace('127.0.0.1', 'localhost')))
      expect(outcome).toMatch(EXPLAINED);
    expect(proxy.received.length).toBeGreaterThan(0);
    expect(proxy.received.map(({ headers }) => headers['x-api-key'])).not.toContain(MARKER_KEY);
  } finally {
    await n8n.stop();
    await emulator.close();
  }
});
