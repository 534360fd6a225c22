import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { saveCredential, testCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE } from '../src/workflow.ts';
import { setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const { emulator, rest, credential, run } = await setUp();
const pinned = manifest.dependencies.n8n;

/** n8n's own HTTP Request node with our credential. What the key is kept from is proven in apps/proof. */
function httpRequest(url: string, account: typeof credential) {
  const node = {
    name: 'HTTP Request',
    type: 'n8n-nodes-base.httpRequest',
    // One that all versions of n8n have.
    typeVersion: 4.2,
    parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'twelveLabsApi' },
    credential: account,
  };
  return executeWorkflow(rest, chain('HTTP Request', [{}], [node]));
}

describe('the credential test', () => {
  const test = (apiKey: string, baseUrl: string) => testCredential(rest, { apiKey, baseUrl }, credential);

  it('asks for one asset with the key', async () => {
    expect(await test(MARKER_KEY, emulator.baseUrl)).toMatchObject({ status: 'OK' });
    expect(emulator.requests()).toMatchObject([
      { method: 'GET', path: '/v1.3/assets', query: { page_limit: ['1'] }, has_api_key: true, status: 200 },
    ]);
  });

  // Older versions of n8n have words of their own for what an answer says, and never look at ours: the last column.
  it.each<[string, string, () => string, RegExp, RegExp?]>([
    [
      'a wrong key',
      'tlk_wrong',
      () => emulator.baseUrl,
      /did not accept the API key/,
      /^Authorization failed - please check your credentials$/,
    ],
    ['a key that would split a header', 'a b', () => emulator.baseUrl, /^API Key: must be visible ASCII/],
    [
      'a wrong path',
      MARKER_KEY,
      () => `${emulator.url}/v9`,
      /check its path/,
      /^The resource you are requesting could not be found$/,
    ],
    [
      'an address that nobody answers at',
      MARKER_KEY,
      () => 'http://127.0.0.1:1/v1.3',
      /ECONNREFUSED/,
      /^The service refused the connection/,
    ],
    [
      'plain http to another machine',
      MARKER_KEY,
      () => 'http://10.1.2.3/v1.3',
      /may use http:\/\/ on this machine only/,
    ],
  ])('says what is wrong with %s', async (_, apiKey, baseUrl, message, older = message) => {
    const { status, message: said } = await test(apiKey, baseUrl());
    expect(status).toBe('Error');
    const words = shared().version === pinned ? [message] : [message, older];
    expect(
      words.some((one) => one.test(said)),
      said,
    ).toBe(true);
  });
});

describe('a key and a base URL with blanks and invisible characters around them', () => {
  const BLANKS = ' \t\r\n\u00a0\u200b\u2060\ufeff';
  const padded = {
    apiKey: `${BLANKS}${MARKER_KEY}${BLANKS}`,
    baseUrl: `${BLANKS}${emulator.baseUrl}/${BLANKS}`,
  };

  it('work in the credential test, in the node, in its lists and in the HTTP Request node', async () => {
    const account = await saveCredential(rest, padded);
    expect(await testCredential(rest, padded, account)).toMatchObject({ status: 'OK' });
    expect((await run({ operation: 'getAll' }, [{}], { credential: account })).error).toBeUndefined();
    await rest.post('/rest/dynamic-node-parameters/resource-locator-results', {
      nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
      path: 'parameters.assetId',
      methodName: 'searchAssets',
      currentNodeParameters: { resource: 'asset', operation: 'get' },
      credentials: { twelveLabsApi: account },
    });
    const { status } = await httpRequest(`${emulator.baseUrl}/assets`, account);
    expect(status).toBe('success');
    expect(emulator.requests().map(({ path, status: answer }) => [path, answer])).toEqual(
      Array(4).fill(['/v1.3/assets', 200]),
    );
  });
});
