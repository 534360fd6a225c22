import type { IHttpRequestOptions } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { TwelveLabsApi } from '../credentials/TwelveLabsApi.credentials';

const account = { apiKey: 'tlk_secret_of_the_account', baseUrl: 'https://api.twelvelabs.io/v1.3' };
const url = `${account.baseUrl}/assets`;
const authenticated = (request: object) =>
  new TwelveLabsApi().authenticate(account, { url, ...request } as IHttpRequestOptions);

// A node chooses these, and some come from people's workflows.
describe('a request that goes elsewhere than its URL says gets no key', () => {
  it.each<[string, object, RegExp]>([
    ['a host', { headers: { Host: 'other.example' } }, /remove the header Host/],
    [
      'a host in any case, with blanks',
      { headers: { ' hOsT ': 'other.example' } },
      /remove the header {2}hOsT/,
    ],
    [
      'a host of several',
      { headers: { host: ['api.twelvelabs.io', 'other.example'] } },
      /remove the header host/,
    ],
    ['another port', { headers: { Host: 'api.twelvelabs.io:8443' } }, /remove the header Host/],
    ['the port of another scheme', { headers: { Host: 'api.twelvelabs.io:80' } }, /remove the header Host/],
    ['a socket', { socketPath: '/tmp/x' }, /not sent over a custom connection: remove socketPath/],
    ['a resolution of names', { lookup: () => undefined }, /remove lookup/],
    ['an agent', { httpsAgent: {} }, /remove httpsAgent/],
    ['a host of its connection', { agentOptions: { host: 'other.example' } }, /remove host/],
    ['a socket of its connection', { agentOptions: { socketPath: '/tmp/x' } }, /remove socketPath/],
    ['a resolution of its connection', { agentOptions: { lookup: () => undefined } }, /remove lookup/],
    [
      'a check of its own',
      { agentOptions: { checkServerIdentity: () => undefined } },
      /remove checkServerIdentity/,
    ],
    ['an authority of its own', { agentOptions: { ca: 'PEM' } }, /NODE_EXTRA_CA_CERTS/],
    ['certificates unchecked', { agentOptions: { rejectUnauthorized: false } }, /Ignore SSL Issues/],
  ])('%s', async (_, request, message) => {
    const error = await authenticated(request).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error?.message).toMatch(message);
    expect(error?.message).not.toContain(account.apiKey);
  });

  it.each<[string, object]>([
    ['nothing of its own', {}],
    ['the host of its URL', { headers: { Host: 'API.twelvelabs.io' } }],
    ['the host of its URL with the usual port', { headers: { Host: 'api.twelvelabs.io:443' } }],
    ['an authority that is not set', { agentOptions: { ca: undefined } }],
    ["a client's certificate", { agentOptions: { cert: 'PEM', key: 'PEM', passphrase: 'a' } }],
    ['what is not set', { socketPath: undefined, agentOptions: {}, headers: { accept: 'application/json' } }],
  ])('but one with %s does', async (_, request) => {
    expect((await authenticated(request)).headers).toMatchObject({ 'x-api-key': account.apiKey });
  });
});
