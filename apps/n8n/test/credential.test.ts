import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { saveCredential, testCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain, NODE_TYPE } from '../src/workflow.ts';
import { listen } from './support/listen.ts';
import { setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const { emulator, rest, credential, run } = await setUp();
const pinned = manifest.dependencies.n8n;

/** n8n's own HTTP Request node with our credential, in one of its versions. */
function httpRequest(url: string, typeVersion = 4.4, parameters: object = {}, account = credential) {
  const node = {
    name: 'HTTP Request',
    type: 'n8n-nodes-base.httpRequest',
    typeVersion,
    parameters: {
      url,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'twelveLabsApi',
      options: {},
      ...parameters,
    },
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
    const { status } = await httpRequest(`${emulator.baseUrl}/assets`, 4.4, {}, account);
    expect(status).toBe('success');
    expect(emulator.requests().map(({ path, status: answer }) => [path, answer])).toEqual(
      Array(4).fill(['/v1.3/assets', 200]),
    );
  });
});

it('the credential test does not follow a redirect with the key', async () => {
  await using elsewhere = await listen((_request, response) => response.end('{}'));
  await using redirecting = await listen((_request, response) =>
    response.writeHead(302, { location: `${elsewhere.url}/stolen` }).end(),
  );
  const { status } = await testCredential(
    rest,
    { apiKey: MARKER_KEY, baseUrl: `${redirecting.url}/v1.3` },
    credential,
  );
  expect(status).toBe('Error');
  expect(redirecting.received).toHaveLength(1);
  expect(elsewhere.received).toEqual([]);
});

describe('the key in other nodes', () => {
  it('goes to the API', async () => {
    const { status } = await httpRequest(`${emulator.baseUrl}/assets`);
    expect(status).toBe('success');
    expect(emulator.requests()).toMatchObject([{ path: '/v1.3/assets', has_api_key: true }]);
  });

  it('goes nowhere else', async () => {
    const { error } = await httpRequest(`${emulator.url.replace('127.0.0.1', 'localhost')}/v1.3/assets`);
    expect(error?.message).toContain(`The TwelveLabs API key is for ${emulator.url} only`);
    expect(emulator.requests()).toHaveLength(0);
  });

  const followAll = (version: number) =>
    version === 2
      ? { options: { followRedirect: true, followAllRedirects: true } }
      : { options: { redirect: { redirect: { followRedirects: true } } } };
  const page = {
    paginationMode: 'responseContainsNextURL',
    nextURL: '={{ $request.url }}',
    paginationCompleteWhen: 'other',
    completeExpression: '={{ true }}',
  };

  // Version 1 takes no credential of another node.
  describe.each([2, 3, 4, 4.1, 4.2, 4.3, 4.4])('version %d of the HTTP Request node', (typeVersion) => {
    it.each<[string, object]>([
      ['by default', {}],
      ['that is to follow all', followAll(typeVersion)],
      ['by POST', { method: 'POST', requestMethod: 'POST', ...followAll(typeVersion) }],
      ...(typeVersion < 4 ? [] : [['with pagination', { options: { pagination: { pagination: page } } }]]),
    ] as [string, object][])('does not follow a redirect %s', async (_, parameters) => {
      await using elsewhere = await listen((_request, response) => response.end('{}'));
      await using redirecting = await listen((_request, response) =>
        response.writeHead(302, { location: `${elsewhere.url}/stolen` }).end(),
      );
      const account = await saveCredential(rest, { apiKey: MARKER_KEY, baseUrl: `${redirecting.url}/v1.3` });
      await httpRequest(`${redirecting.url}/v1.3/assets`, typeVersion, parameters, account);
      expect(redirecting.received.map(({ headers }) => headers['x-api-key'])).toContain(MARKER_KEY);
      expect(elsewhere.received).toEqual([]);
    });

    it('does not go through a proxy of the node', async () => {
      await using proxy = await listen((_request, response) => response.end('{}'));
      const { error } = await httpRequest(`${emulator.baseUrl}/assets`, typeVersion, {
        options: { proxy: proxy.url },
      });
      expect(error?.message).toMatch(/not sent through a proxy: remove the option Proxy/);
      expect(proxy.received).toEqual([]);
    });

    it('is not sent where certificates are not checked', async () => {
      const unchecked = { allowUnauthorizedCerts: true };
      const { error } = await httpRequest(
        `${emulator.baseUrl}/assets`,
        typeVersion,
        typeVersion === 2 ? unchecked : { options: unchecked },
      );
      expect(error?.message).toMatch(/turn off the option Ignore SSL Issues/);
      expect(emulator.requests()).toEqual([]);
    });
  });
});
