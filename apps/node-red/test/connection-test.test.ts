import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NodeRed } from '../src/index.ts';

/** A node of another vendor, with a key of its own under the same name. */
const VENDOR = `module.exports = (RED) => RED.nodes.registerType('other-vendor', function (config) {
  RED.nodes.createNode(this, config);
  this.baseUrl = config.baseUrl;
}, { credentials: { apiKey: { type: 'password' } } });`;

const VARIABLE = `\${X}`;

let nodeRed: NodeRed;
let server: Server;
let address: string;
let folder: string;
let asked: IncomingMessage[] = [];
let answerWith: { status: number; type: string; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(answerWith.status, { 'content-type': answerWith.type }).end(answerWith.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = await mkdtemp(path.join(tmpdir(), 'node-red-vendor-'));
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({
      name: 'other-vendor',
      version: '1.0.0',
      'node-red': { nodes: { 'other-vendor': 'node.js' } },
    }),
  );
  await writeFile(path.join(folder, 'node.js'), VENDOR);
  await writeFile(path.join(folder, 'node.html'), '');
  nodeRed = await NodeRed.start({
    packages: [folder],
    flows: [
      { id: 'other', type: 'other-vendor', baseUrl: `${address}/v1.3` },
      { id: 'ours', type: 'twelvelabs-config', baseUrl: `${address}/v1.3` },
    ],
    credentials: { other: { apiKey: 'sk-of-another-vendor' }, ours: { apiKey: 'tlk_stored' } },
  });
});
afterAll(async () => {
  await nodeRed?.stop();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  asked = [];
  answerWith = { status: 200, type: 'application/json', body: '{"data": [], "page_info": {"page": 1}}' };
});

const ask = (body: object) =>
  nodeRed.call<{ ok: boolean; code?: string; message?: string }>('/twelvelabs-config/test', body);

test.each(['__PWRD__', '', undefined])("no other node's key is sent anywhere (typed %j)", async (apiKey) => {
  for (const baseUrl of [`${address}/v1.3`, VARIABLE, '', undefined]) {
    const { ok, code } = await ask({ id: 'other', apiKey, baseUrl });
    expect({ ok, code }).toEqual({ ok: false, code: apiKey ? 'deploy_first' : 'no_key' });
  }
  expect(asked).toEqual([]);
});

test('the stored key goes to the stored address only, however the other one is written', async () => {
  for (const baseUrl of [
    `${address}/other`,
    VARIABLE,
    '',
    `${address}/v1.3/`,
    `${address.replace('127.0.0.1', 'localhost')}/v1.3`,
  ])
    expect(await ask({ id: 'ours', apiKey: '__PWRD__', baseUrl })).toMatchObject({
      ok: false,
      code: 'retype_key',
    });
  expect(asked).toEqual([]);
  await ask({ id: 'ours', apiKey: '__PWRD__', baseUrl: `${address}/v1.3` });
  expect(asked.map(({ headers }) => headers['x-api-key'])).toEqual(['tlk_stored']);
});

test.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x'])(
  'a page of another origin can not make Node-RED send a request: %s is refused',
  async (type) => {
    const body = type.startsWith('text')
      ? JSON.stringify({ apiKey: 'tlk_any', baseUrl: address })
      : `apiKey=tlk_any&baseUrl=${encodeURIComponent(address)}`;
    const response = await nodeRed.request('/twelvelabs-config/test', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(415);
    expect(asked).toEqual([]);
  },
);

describe('nothing of an answer is quoted', () => {
  const SECRET = 'internal-secret-42';
  test.each<[string, number, string, string, string]>([
    ['a page', 200, 'text/html', `<p>${SECRET}`, 'no_api'],
    ['JSON', 200, 'application/json', JSON.stringify({ [SECRET]: SECRET }), 'no_api'],
    [
      'an error as the platform words it',
      400,
      'application/json',
      JSON.stringify({ code: SECRET, message: SECRET }),
      'no_api',
    ],
    ['not found', 404, 'application/json', JSON.stringify({ code: SECRET, message: SECRET }), 'no_api'],
    [
      'a refused key',
      401,
      'application/json',
      JSON.stringify({ code: SECRET, message: SECRET }),
      'authentication',
    ],
    [
      'a rate limit',
      429,
      'application/json',
      JSON.stringify({ code: SECRET, message: SECRET }),
      'rate_limit',
    ],
    ['a server error', 500, 'text/plain', SECRET, 'server_error'],
    ['a redirect', 302, 'text/plain', SECRET, 'no_api'],
  ])('%s', async (_name, status, type, body, code) => {
    answerWith = { status, type, body };
    const answer = await ask({ apiKey: 'tlk_mine', baseUrl: address });
    expect(answer).toMatchObject({ ok: false, code });
    expect(JSON.stringify(answer)).not.toContain(SECRET);
  });
});
