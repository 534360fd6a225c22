import { sampleImage } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FlowNode, nodeFlow } from '../src/index.ts';
import { type Stage, setUp } from './set-up.ts';

const KEY = 'tlk_by_variable';

/** A variable as people write it into a field of the account. */
const variable = (name: string) => `\${${name}}`;

/** A flow of a node whose account has `${NAME}` as its key, with the account and perhaps the node moved elsewhere. */
function flowOf(name: string, more: { env?: object[]; scoped?: boolean } = {}) {
  const { nodes } = nodeFlow(name, { baseUrl: variable('BASE_URL') });
  return nodes.map((node) => {
    if (node.type === 'tab') return { ...node, env: more.env ?? [] };
    return node.type === 'twelvelabs-config' && more.scoped ? { ...node, z: `${name}-tab` } : node;
  });
}

/** The create node and its account inside a subflow, which the flow has in their place. */
function inSubflow(name: string, env: object[]): FlowNode[] {
  const { nodes } = nodeFlow(name, { baseUrl: variable('BASE_URL') });
  const inner = nodes.filter(({ id }) => id === `${name}-node` || id === `${name}-config`);
  return [
    {
      id: `${name}-sub`,
      type: 'subflow',
      name,
      in: [{ wires: [{ id: `${name}-node` }] }],
      out: [{ wires: [{ id: `${name}-node`, port: 0 }] }],
      env,
    },
    ...inner.map((node) => ({ ...node, z: `${name}-sub`, ...(node.wires ? { wires: [[]] } : {}) })),
    ...nodes
      .filter((node) => !inner.includes(node))
      .map((node) => (node.type === 'catch' ? { ...node, scope: null } : node))
      .map((node) => (node.id === `${name}-fill` ? { ...node, wires: [[`${name}-use`]] } : node)),
    { id: `${name}-use`, type: `subflow:${name}-sub`, z: `${name}-tab`, wires: [[`${name}-ok`]], env: [] },
  ];
}

const text = (name: string, value = KEY) => ({ name, value, type: 'str' });

/** Puts a node of a flow into a group with variables. */
function inGroup(nodes: readonly FlowNode[], id: string, env: object[]): FlowNode[] {
  const g = `${id}-group`;
  const grouped = nodes.map((node) => (node.id === id ? { ...node, g } : node));
  const z = nodes.find((node) => node.id === id)?.z;
  return [...grouped, { id: g, type: 'group', z, name: 'a group', nodes: [id], env, x: 0, y: 0, w: 9, h: 9 }];
}

describe.each([5, 4] as const)('Node-RED %i', (version) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await setUp({
      emulator: { apiKeys: [KEY] },
      nodeRed: {
        version,
        env: { KEY_OF_PROCESS: KEY },
        credentials: {
          'tab-config': { apiKey: variable('KEY_OF_TAB') },
          'subflow-config': { apiKey: variable('KEY_OF_SUBFLOW') },
          'secret-config': { apiKey: variable('KEY_OF_SECRET') },
          'secret-use': { KEY_OF_SECRET: KEY },
          'global-config': { apiKey: variable('KEY_OF_ALL') },
          'group-config': { apiKey: variable('KEY_OF_GROUP') },
          'grouped-config': { apiKey: variable('KEY_OF_ALL') },
          'process-config': { apiKey: variable('KEY_OF_PROCESS') },
          'undefined-config': { apiKey: variable('KEY_OF_NOBODY') },
        },
      },
      flows: {},
    });
    await stage.nodeRed.deploy([
      {
        id: 'all',
        type: 'global-config',
        env: [text('KEY_OF_ALL'), text('BASE_URL', ` ${stage.emulator.baseUrl} `)],
      },
      ...flowOf('tab', { env: [text('KEY_OF_TAB')], scoped: true }),
      ...inSubflow('subflow', [text('KEY_OF_SUBFLOW')]),
      ...inSubflow('secret', [{ name: 'KEY_OF_SECRET', type: 'cred' }]).map((node) =>
        node.id === 'secret-use' ? { ...node, env: [{ name: 'KEY_OF_SECRET', type: 'cred' }] } : node,
      ),
      // A group holds no account, but a subflow with one.
      ...inGroup(inSubflow('group', []), 'group-use', [text('KEY_OF_GROUP')]),
      ...inGroup(
        flowOf('grouped').map((node) =>
          node.id === 'grouped-node' ? { ...node, filename: 'NAME_OF_GROUP', filenameType: 'env' } : node,
        ),
        'grouped-node',
        [text('NAME_OF_GROUP', 'in-a-group.jpg')],
      ),
      ...flowOf('global'),
      ...flowOf('process'),
      ...flowOf('undefined'),
    ]);
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  test('a setting of a node is a variable of its group', async () => {
    const { asset } = await stage.send('grouped', { payload: sampleImage });
    expect(asset).toMatchObject({ filename: 'in-a-group.jpg' });
  });

  test.each(['tab', 'subflow', 'secret', 'group', 'global', 'process'])(
    'the key is a variable of the %s',
    async (flow) => {
      expect((await stage.send(flow, { payload: sampleImage })).asset).toMatchObject({
        filename: expect.any(String),
      });
    },
  );

  test('a variable that is set nowhere is named before anything is sent', async () => {
    const before = stage.calls().length;
    const { error } = await stage.send('undefined', { payload: sampleImage });
    expect(error).toMatchObject({
      code: 'validation',
      details: { issues: [{ field: 'apiKey', rule: 'variable' }] },
    });
    expect(error?.message).toContain(variable('KEY_OF_NOBODY'));
    expect(stage.calls()).toHaveLength(before);
  });

  test('the test button says the same', async () => {
    const answer = await stage.nodeRed.call('/twelvelabs-config/test', {
      id: 'undefined-config',
      apiKey: '__PWRD__',
      baseUrl: variable('BASE_URL'),
    });
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining(variable('KEY_OF_NOBODY')) });
  });

  test('the test button takes a base URL with blanks at its ends, as messages do', async () => {
    const answer = await stage.nodeRed.call('/twelvelabs-config/test', {
      apiKey: KEY,
      baseUrl: ` ${stage.emulator.baseUrl}\n`,
    });
    expect(answer).toEqual({ ok: true });
  });
});
