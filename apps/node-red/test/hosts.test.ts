import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlowNode, NodeRed, type StartOptions } from '../src/index.ts';
import { setUp } from './set-up.ts';

const oldestNode = path.join(
  path.dirname(createRequire(import.meta.url).resolve('node-22-9/package.json')),
  'bin/node',
);
const KEY = 'tlk_planted_marker';

const hosts: [string, StartOptions][] = [
  ['Node-RED 4', { version: 4 }],
  ['Node-RED 5 on the oldest Node.js that it takes', { nodePath: oldestNode }],
  ['Node-RED 4 on that Node.js', { version: 4, nodePath: oldestNode }],
];

test.each(hosts)('%s', async (_name, nodeRed) => {
  await using stage = await setUp({ nodeRed });
  const { asset } = await stage.send('create', {
    payload: sampleVideo,
    twelvelabs: { waitUntilReady: true },
  });
  expect(asset).toMatchObject({ status: 'ready', duration: 5 });
  const { error } = await stage.send('create', { payload: '/nowhere.mp4' });
  expect(error).toMatchObject({ code: 'validation', details: { issues: [{ property: 'msg.payload' }] } });
});

describe('credentials', () => {
  const account = ({ baseUrl }: { baseUrl: string }) => ({ baseUrl, apiKey: KEY });
  const emulator = { apiKeys: [KEY] };

  test.each([
    ['encrypted', 'a secret of this test'],
    ['in clear', false],
  ] as const)('%s: the key works, and is in no flow, answer or log', async (_name, credentialSecret) => {
    await using stage = await setUp({ account, emulator, nodeRed: { credentialSecret } });
    expect((await stage.send('create', { payload: sampleVideo })).asset?.filename).toBe('video.mp4');
    expect(
      await (await stage.nodeRed.request('/credentials/twelvelabs-config/create-config')).json(),
    ).toEqual({ has_apiKey: true });
    const flows = await (await stage.nodeRed.request('/flows')).text();
    const stored = await readFile(path.join(stage.nodeRed.userDir, 'flows.json'), 'utf8');
    expect(flows + stored + stage.nodeRed.log).not.toContain(KEY);
    const secrets = await readFile(path.join(stage.nodeRed.userDir, 'flows_cred.json'), 'utf8');
    expect(secrets.includes(KEY)).toBe(credentialSecret === false);
  });

  test('and the address, from the environment', async () => {
    await using stage = await setUp({
      account: () => ({ baseUrl: 'http://127.0.0.1:9/v1.3', apiKey: 'tlk_unused' }),
      emulator,
    });
    const { flows } = (await (
      await stage.nodeRed.request('/flows', { headers: { 'node-red-api-version': 'v2' } })
    ).json()) as {
      flows: { id: string; type: string; baseUrl?: string; wires?: unknown }[];
    };
    await stage.nodeRed.stop();
    const fromEnvironment = flows.map((node) =>
      node.type === 'twelvelabs-config' ? { ...node, baseUrl: '$' + '{BASE}' } : node,
    );
    await using second = await NodeRed.start({
      flows: fromEnvironment,
      credentials: { 'create-config': { apiKey: '$' + '{THE_KEY}' } },
      env: { BASE: stage.emulator.baseUrl, THE_KEY: KEY },
    });
    expect(await second.call('/create', { payload: sampleVideo })).toMatchObject({
      asset: { filename: 'video.mp4' },
    });
    const secrets = await (await second.request('/credentials/twelvelabs-config/create-config')).text();
    expect(secrets).not.toContain(KEY);
  });

  test('other flows from the disk, as a pull in a project brings them: the key stays', async () => {
    await using stage = await setUp({ account, emulator });
    const file = path.join(stage.nodeRed.userDir, 'flows.json');
    const flows = JSON.parse(await readFile(file, 'utf8')) as FlowNode[];
    const pulled = flows.map((node) =>
      node.id === 'create-node' ? { ...node, filename: 'pulled.mp4', filenameType: 'str' } : node,
    );
    await writeFile(file, JSON.stringify(pulled));
    await stage.nodeRed.deploy([], { type: 'reload' });
    expect((await stage.send('create', { payload: sampleVideo })).asset?.filename).toBe('pulled.mp4');
  });
});

describe('"Test connection"', () => {
  test('tells whether the key works, and sends a stored key to its own address only', async () => {
    await using stage = await setUp();
    await using thief = await setUp({ emulator: { apiKeys: ['tlk_emulator'] } });
    const ask = async (body: object) => {
      const response = await stage.nodeRed.request('/twelvelabs-config/test', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: 'create-config', ...body }),
      });
      const text = await response.text();
      expect(text).not.toContain(stage.emulator.apiKey);
      return JSON.parse(text) as { ok: boolean; code?: string };
    };
    const { baseUrl } = stage.emulator;
    expect(await ask({ apiKey: '__PWRD__', baseUrl })).toEqual({ ok: true });
    expect(await ask({ apiKey: 'tlk_emulator', baseUrl })).toEqual({ ok: true });
    expect(await ask({ apiKey: 'tlk_wrong', baseUrl })).toMatchObject({ ok: false, code: 'authentication' });
    expect(await ask({ apiKey: '__PWRD__', baseUrl: thief.emulator.baseUrl })).toMatchObject({
      ok: false,
      code: 'retype_key',
    });
    expect(await ask({ apiKey: '', baseUrl: thief.emulator.baseUrl })).toMatchObject({
      ok: false,
      code: 'retype_key',
    });
    expect(await ask({ id: 'nobody', apiKey: '', baseUrl })).toMatchObject({ ok: false, code: 'no_key' });
    expect(await ask({ apiKey: '$' + '{HOME}', baseUrl })).toMatchObject({ ok: false, code: 'deploy_first' });
    expect(thief.calls()).toEqual([]);
  });
});

describe('what the editor asks', () => {
  /** Node-RED's own example of a hash: of the word "password". */
  const password = '$2a$08$zZWtXTja0fB1pzD4sHCMyOCMYz2Z6dNbM6tl8sJogENOMcxWV9DN.';
  const users = [
    { username: 'reader', password, permissions: 'read' },
    { username: 'writer', password, permissions: '*' },
  ];
  let nodeRed: NodeRed;
  beforeAll(async () => {
    nodeRed = await NodeRed.start({ settings: { adminAuth: { type: 'credentials', users } } });
  });
  afterAll(() => nodeRed?.stop());

  const json = { 'content-type': 'application/json' };
  async function authorization(username: string): Promise<Record<string, string>> {
    const login = {
      client_id: 'node-red-admin',
      grant_type: 'password',
      scope: '*',
      username,
      password: 'password',
    };
    const response = await nodeRed.request('/auth/token', {
      method: 'POST',
      headers: json,
      body: JSON.stringify(login),
    });
    const { access_token } = (await response.json()) as { access_token: string };
    return { authorization: `Bearer ${access_token}` };
  }

  test.each(['twelvelabs-config/test', 'twelvelabs-config/offers', 'twelvelabs-asset-events/example'])(
    'is closed to who may not edit flows: %s',
    async (route) => {
      const statusFor = async (headers: Record<string, string>) =>
        (await nodeRed.request(`/${route}`, { method: 'POST', headers: { ...json, ...headers }, body: '{}' }))
          .status;
      expect(await statusFor({})).toBe(401);
      expect(await statusFor(await authorization('reader'))).toBe(401);
      expect(await statusFor(await authorization('writer'))).toBe(200);
    },
  );
});
