import { NODE_TYPE, saveCredential, testCredential } from '@twelvelabs-nodes/app-n8n';
import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import { type HostileServer, hostileServer, json, respond } from '../../../src/hostile/server.ts';
import type { Hosts } from '../../../src/hosts.ts';
import { runNode } from '../../../src/runners/n8n-node.ts';

// Ways to make a host send the key elsewhere: along a redirect, through a proxy, over TLS that nobody checked.

/** A platform that redirects to another server, which must see nobody. */
async function redirecting() {
  const stack = new AsyncDisposableStack();
  const elsewhere = stack.use(await hostileServer(json({})));
  const platform = stack.use(await hostileServer(respond(302, '', { location: `${elsewhere.url}/stolen` })));
  return { elsewhere, platform, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
const keysAt = ({ requests }: HostileServer) => requests.map(({ headers }) => headers['x-api-key']);

/** n8n's own HTTP Request node with our credential, in one of its versions. */
async function request(
  { n8n }: Hosts,
  account: { baseUrl: string },
  url: string,
  typeVersion = 4.4,
  parameters: object = {},
) {
  const { rest } = n8n.driver.n8n;
  return runNode(rest, {
    type: 'n8n-nodes-base.httpRequest',
    typeVersion,
    parameters: {
      url,
      authentication: 'predefinedCredentialType',
      nodeCredentialType: 'twelveLabsApi',
      options: {},
      ...parameters,
    },
    credential: await saveCredential(rest, { apiKey: MARKER, baseUrl: account.baseUrl }),
  });
}

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

export const keyAttacks = (hosts: () => Hosts) =>
  describe('the key stays with the API', () => {
    it("n8n's credential test does not follow a redirect", async () => {
      const { rest } = hosts().n8n.driver.n8n;
      await using servers = await redirecting();
      const account = { apiKey: MARKER, baseUrl: `${servers.platform.url}/v1.3` };
      const { status } = await testCredential(rest, account, await saveCredential(rest, account));
      expect(status).toBe('Error');
      expect(keysAt(servers.platform)).toEqual([MARKER]);
      expect(servers.elsewhere.connections).toBe(0);
    });

    it.each(['searchAssets', 'searchIndexes', 'searchCollections'])(
      "n8n's list of choices follows no redirect and quotes no key (%s)",
      async (methodName) => {
        const { rest } = hosts().n8n.driver.n8n;
        await using servers = await redirecting();
        await using echo = await hostileServer((socket, request) =>
          respond(400, request.head)(socket, request),
        );
        for (const server of [servers.platform, echo]) {
          const account = { apiKey: MARKER, baseUrl: `${server.url}/v1.3` };
          const refused = rest.post('/rest/dynamic-node-parameters/resource-locator-results', {
            nodeTypeAndVersion: { name: NODE_TYPE, version: 1 },
            path: 'parameters.any',
            methodName,
            currentNodeParameters: {},
            credentials: { twelveLabsApi: await saveCredential(rest, account) },
          });
          await expect(refused).rejects.toMatchObject({ message: expect.not.stringContaining(MARKER) });
          expect(keysAt(server)).toEqual([MARKER]);
        }
        expect(servers.elsewhere.connections).toBe(0);
      },
    );

    // Version 1 takes no credential of another node.
    describe.each([2, 3, 4, 4.1, 4.2, 4.3, 4.4])("version %d of n8n's HTTP Request node", (typeVersion) => {
      it.each<[string, object]>([
        ['by default', {}],
        ['that is to follow all', followAll(typeVersion)],
        ['by POST', { method: 'POST', requestMethod: 'POST', ...followAll(typeVersion) }],
        ...(typeVersion < 4
          ? []
          : ([['with pagination', { options: { pagination: { pagination: page } } }]] as [string, object][])),
      ])('does not follow a redirect %s', async (_, parameters) => {
        await using servers = await redirecting();
        const account = { baseUrl: `${servers.platform.url}/v1.3` };
        await request(hosts(), account, `${account.baseUrl}/assets`, typeVersion, parameters);
        expect(keysAt(servers.platform)).toContain(MARKER);
        expect(servers.elsewhere.connections).toBe(0);
      });

      it('goes through no proxy that a request sets', async () => {
        const { emulator } = hosts().runnerOf('n8n');
        await using proxy = await hostileServer(json({}));
        const url = `${emulator.baseUrl}/assets`;
        const parameters = { options: { proxy: proxy.url } };
        const { error } = await request(hosts(), emulator, url, typeVersion, parameters);
        expect(error?.message).toMatch(/not sent through a proxy: remove the option Proxy/);
        expect(proxy.connections).toBe(0);
      });

      it('names no other host', async () => {
        const { emulator } = hosts().runnerOf('n8n');
        await emulator.reset();
        const pair = { name: 'hOST', value: 'other-tenant.example' };
        const parameters =
          typeVersion === 2
            ? { headerParametersUi: { parameter: [pair] } }
            : { sendHeaders: true, headerParameters: { parameters: [pair] } };
        const { error } = await request(
          hosts(),
          emulator,
          `${emulator.baseUrl}/assets`,
          typeVersion,
          parameters,
        );
        expect(error?.message).toMatch(/remove the header host, which names another host/i);
        expect(emulator.requests()).toEqual([]);
      });

      it('checks certificates', async () => {
        const { emulator } = hosts().runnerOf('n8n');
        await emulator.reset();
        const url = `${emulator.baseUrl}/assets`;
        const unchecked = { allowUnauthorizedCerts: true };
        const parameters = typeVersion === 2 ? unchecked : { options: unchecked };
        const { error } = await request(hosts(), emulator, url, typeVersion, parameters);
        expect(error?.message).toMatch(/turn off the option Ignore SSL Issues/);
        expect(emulator.requests()).toEqual([]);
      });
    });

    it("n8n's HTTP Request node sends the key to the API, and to no other origin", async () => {
      const { emulator } = hosts().runnerOf('n8n');
      await emulator.reset();
      await request(hosts(), emulator, `${emulator.baseUrl}/assets`);
      expect(emulator.requests()).toMatchObject([{ path: '/v1.3/assets', has_api_key: true }]);
      const other = `${emulator.baseUrl.replace('127.0.0.1', '[::1]')}/assets`;
      const { error } = await request(hosts(), emulator, other);
      expect(error?.message).toContain(`The TwelveLabs API key is for ${emulator.url} only`);
      expect(emulator.requests()).toHaveLength(1);
    });

    it('the proxy of the environment never gets the key for an address of this machine', async () => {
      const { addresses, n8n, runnerOf } = hosts();
      const byName = (url: string) => url.replace('127.0.0.1', 'localhost');
      const secure = (url: string) => url.replace('http:', 'https:');
      const params = { method: 'url', url: 'https://media.invalid/a.mp4' };
      const nodeRed = runnerOf('Node-RED');
      const ours = { apiKey: MARKER, baseUrl: byName(nodeRed.emulator.baseUrl) };
      expect(await nodeRed.runner.create(params, {}, ours)).toHaveProperty('asset');
      const { emulator } = runnerOf('n8n');
      const account = { apiKey: MARKER, baseUrl: byName(emulator.baseUrl) };
      const { rest } = n8n.driver.n8n;
      await emulator.reset();
      const outcomes = [
        (await n8n.create(params, {}, account)).error?.message,
        (await request(hosts(), account, `${account.baseUrl}/assets`)).error?.message,
        (await testCredential(rest, account, await saveCredential(rest, account))).message,
      ];
      for (const outcome of outcomes)
        expect(outcome).toMatch(/n8n sends requests through a proxy.* Add localhost to .*NO_PROXY/);
      expect(emulator.requests()).toEqual([]);
      expect(addresses.sentToProxy.map((headers) => headers['x-api-key'])).not.toContain(MARKER);
      // Nobody speaks TLS there: it fails, but at this machine.
      const { error } = await nodeRed.runner.create(params, {}, { ...ours, baseUrl: secure(ours.baseUrl) });
      expect(error?.code).toBe('network');
      expect(
        (await n8n.create(params, {}, { ...account, baseUrl: secure(account.baseUrl) })).error?.message,
      ).toMatch(/n8n sends requests through a proxy/);
      expect(addresses.tunnels.filter((target) => target.startsWith('localhost:'))).toEqual(['localhost:1']);
      // The proxy is in use: that is how n8n was found to have one.
      expect(addresses.sentToProxy.length).toBeGreaterThan(0);
    });
  });
