import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { testCredential } from '../src/credential.ts';
import { executeWorkflow } from '../src/execute.ts';
import { chain } from '../src/workflow.ts';
import { setUp, shared } from './support/run.ts';
import { MARKER_KEY } from './support/shared-n8n.ts';

const { emulator, rest, credential } = await setUp();
const pinned = manifest.dependencies.n8n;

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
    ['a key that would split a header', 'a b', () => emulator.baseUrl, /^apiKey: must be visible ASCII/],
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

describe('the key in other nodes', () => {
  const request = async (url: string) => {
    const execution = await executeWorkflow(
      rest,
      chain(
        'HTTP Request',
        [{}],
        [
          {
            name: 'HTTP Request',
            type: 'n8n-nodes-base.httpRequest',
            typeVersion: 4.2,
            parameters: {
              url,
              authentication: 'predefinedCredentialType',
              nodeCredentialType: 'twelveLabsApi',
              options: {},
            },
            credential,
          },
        ],
      ),
    );
    return execution;
  };

  it('goes to the API', async () => {
    const { status } = await request(`${emulator.baseUrl}/assets`);
    expect(status).toBe('success');
    expect(emulator.requests()).toMatchObject([{ path: '/v1.3/assets', has_api_key: true }]);
  });

  it('goes nowhere else', async () => {
    const { error } = await request(`${emulator.url.replace('127.0.0.1', 'localhost')}/v1.3/assets`);
    expect(error?.message).toContain(`The TwelveLabs API key is for ${emulator.url} only`);
    expect(emulator.requests()).toHaveLength(0);
  });
});
