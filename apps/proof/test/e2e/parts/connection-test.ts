import { describe, expect, it } from 'vitest';
import { MARKER } from '../../../src/hostile/attack.ts';
import { json, respond } from '../../../src/hostile/server.ts';
import type { Hosts } from '../../../src/hosts.ts';

const VARIABLE = `\${X}`;
const SECRET = 'internal-secret-42';
const told = JSON.stringify({ code: SECRET, message: SECRET });

/** Node-RED's endpoint behind the account's Test button, as an editor, a web page or anybody else may call it. */
export const connectionTest = (hosts: () => Hosts) =>
  describe("Node-RED's connection test", () => {
    const test = (body: object) =>
      hosts().nodeRed.driver.nodeRed.call<{ ok: boolean; code?: string }>('/twelvelabs-config/test', body);
    /** Keys of the requests that came since. */
    const keysAfter = (from: number) =>
      hosts()
        .vendor.server.requests.slice(from)
        .map(({ headers }) => headers['x-api-key']);
    const seen = () => hosts().vendor.server.requests.length;

    it.each(['__PWRD__', '', undefined])("sends no other node's key (typed %j)", async (apiKey) => {
      const before = seen();
      const { url } = hosts().vendor.server;
      for (const baseUrl of [`${url}/v1.3`, VARIABLE, '', undefined]) {
        const { ok, code } = await test({ id: 'other', apiKey, baseUrl });
        expect({ ok, code }).toEqual({ ok: false, code: apiKey ? 'deploy_first' : 'no_key' });
      }
      expect(keysAfter(before)).toEqual([]);
    });

    it('sends the stored key to the stored address only, however the other one is written', async () => {
      const before = seen();
      const { url } = hosts().vendor.server;
      const stored = { id: 'ours', apiKey: '__PWRD__' };
      const byName = url.replace('127.0.0.1', 'localhost');
      for (const baseUrl of [`${url}/other`, VARIABLE, '', `${url}/v1.3/`, `${byName}/v1.3`])
        expect(await test({ ...stored, baseUrl })).toMatchObject({ ok: false, code: 'retype_key' });
      expect(keysAfter(before)).toEqual([]);
      await test({ ...stored, baseUrl: `${url}/v1.3` });
      expect(keysAfter(before)).toEqual([MARKER]);
    });

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
      'refuses what a page of another origin can send: %s',
      async (type) => {
        const before = seen();
        const { url } = hosts().vendor.server;
        const body = type.startsWith('text')
          ? JSON.stringify({ apiKey: 'tlk_any', baseUrl: url })
          : `apiKey=tlk_any&baseUrl=${encodeURIComponent(url)}`;
        const { nodeRed } = hosts().nodeRed.driver;
        const headers = { 'content-type': type };
        const response = await nodeRed.request('/twelvelabs-config/test', { method: 'POST', headers, body });
        expect(response.status).toBe(415);
        expect(keysAfter(before)).toEqual([]);
      },
    );

    it.each(['apiKey', 'baseUrl', 'id'])('refuses a field without an end at once: %s', async (field) => {
      const { nodeRed } = hosts().nodeRed.driver;
      const begun = performance.now();
      const response = await nodeRed.request('/twelvelabs-config/test', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ apiKey: 'tlk_any', [field]: '${'.repeat(1_000_000) }),
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toEqual({
        ok: false,
        message: `${field} must have at most 10000 characters.`,
      });
      expect(performance.now() - begun).toBeLessThan(2_000);
    });

    it.each<[string, number, string, string, string]>([
      ['a page', 200, 'text/html', `<p>${SECRET}`, 'no_api'],
      ['JSON', 200, 'application/json', JSON.stringify({ [SECRET]: SECRET }), 'no_api'],
      ['an error in the words of the platform', 400, 'application/json', told, 'no_api'],
      ['not found', 404, 'application/json', told, 'no_api'],
      ['a refused key', 401, 'application/json', told, 'authentication'],
      ['a rate limit', 429, 'application/json', told, 'rate_limit'],
      ['a server error', 500, 'text/plain', SECRET, 'server_error'],
      ['a redirect', 302, 'text/plain', SECRET, 'no_api'],
    ])('quotes nothing of %s', async (_, status, type, body, code) => {
      const { vendor } = hosts();
      vendor.answer = respond(status, body, { 'content-type': type, location: `${vendor.server.url}/next` });
      try {
        const answer = await test({ apiKey: 'tlk_mine', baseUrl: vendor.server.url });
        expect(answer).toMatchObject({ ok: false, code });
        expect(JSON.stringify(answer)).not.toContain(SECRET);
        expect(vendor.server.requests.map(({ target }) => target)).not.toContain('/next');
      } finally {
        vendor.answer = json({ data: [], page_info: { page: 1 } });
      }
    });
  });
