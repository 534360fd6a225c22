import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FlowNode } from '../src/index.ts';
import { type Answer, type Stage, setUp } from './set-up.ts';

/** `http in` with an upload, and what a flow does with it before it reaches the node. */
function through(name: string, node: Partial<FlowNode> & Pick<FlowNode, 'type'>): FlowNode[] {
  const part = { z: 'create-tab' };
  const wires = [[`${name}-step`]];
  return [
    { id: `${name}-in`, type: 'http in', ...part, url: `/${name}`, method: 'post', upload: true, wires },
    { id: `${name}-step`, ...part, wires: [['create-node']], ...node },
  ];
}
const code = (func: string) => ({ type: 'function', outputs: 1, func });
const toPayload = { t: 'set', p: 'payload', pt: 'msg', to: 'req.files[0]', tot: 'msg' };

const kept: Record<string, FlowNode[]> = {
  function: through('function', code('msg.payload = msg.req.files[0]; return msg;')),
  clones: through('clones', code('node.send({ ...msg, payload: msg.req.files[0] }); return null;')),
  json: through('json', code('msg.payload = JSON.parse(JSON.stringify(msg.req.files[0])); return msg;')),
  change: through('change', { type: 'change', rules: [toPayload] }),
  copy: through('copy', { type: 'change', rules: [{ ...toPayload, dc: true }] }),
  two: through('two', {
    ...code('msg.payload = msg.req.files; return msg;'),
    wires: [['two-other', 'two-split']],
  }),
};
const rest: FlowNode[] = [
  { id: 'two-other', type: 'junction', z: 'create-tab', wires: [[]] },
  {
    id: 'two-split',
    type: 'split',
    z: 'create-tab',
    arraySplt: 1,
    arraySpltType: 'len',
    wires: [['create-node']],
  },
  ...through('without', code('return { payload: msg.req.files[0], res: msg.res };')),
];

describe.each([
  ['in memory', false],
  ['on disk', true],
])('an upload %s', (_, uploadsOnDisk) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setUp({
      flows: { create: { paths: 'text' } },
      nodes: [...Object.values(kept).flat(), ...rest],
      nodeRed: { uploadsOnDisk },
    });
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());
  beforeEach(() => stage.emulator.reset());

  async function upload(route: string): Promise<Answer> {
    const form = new FormData();
    form.append('media', new File([await readFile(sampleImage)], 'fjord.jpg', { type: 'image/jpeg' }));
    const response = await stage.nodeRed.request(`/${route}`, { method: 'POST', body: form });
    return (await response.json()) as Answer;
  }

  test.each(Object.keys(kept))('becomes an asset by way of: %s', async (route) => {
    const { asset, error } = await upload(route);
    expect(error).toBeUndefined();
    expect(asset).toMatchObject({ method: 'direct', filename: 'fjord.jpg' });
  });

  test('without its request is read only where it is content', async () => {
    const { asset, error } = await upload('without');
    if (uploadsOnDisk)
      expect(error?.message).toMatch(/not uploaded with the request in msg\.req\. Keep msg\.req/);
    else expect(asset).toMatchObject({ filename: 'fjord.jpg' });
  });

  test('that is only claimed, with all that multer says, is not read', async () => {
    const payload = {
      fieldname: 'media',
      originalname: 'x.mp4',
      encoding: '7bit',
      mimetype: 'video/mp4',
      destination: path.dirname(sampleVideo),
      filename: path.basename(sampleVideo),
      path: sampleVideo,
      size: statSync(sampleVideo).size,
    };
    const { error } = await stage.send('create', { payload, files: [payload], file: payload });
    expect(error).toMatchObject({ code: 'validation', message: expect.stringContaining('Keep msg.req') });
    expect(stage.calls()).toEqual([]);
  });
});
