import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { expect, test } from 'vitest';
import { startHost } from './host.ts';

test('pieces of an answer keep the order of their messages', async () => {
  await using host = await startHost({ processingMs: 0 });
  const ready = { waitUntilReady: 'true', waitUntilReadyType: 'bool' };
  const { sent } = await host.run('create-asset', ready, { payload: sampleVideo });
  host.emulator.addFaults([
    { match: { path: '/v1.3/analyze', times: 1 }, action: { type: 'delay', beforeHeadersMs: 1_000 } },
  ]);
  const saved = { prompt: 'What?', promptType: 'str', stream: 'true', streamType: 'bool', keepOrder: true };
  const messages = ['first', 'second'].map((topic) => ({ topic, payload: sent[0]?.payload }));
  const pieces = await host.runAll('analyze', saved, messages);
  const seen = pieces.map(({ topic, partial }) => `${topic} ${partial ? 'piece' : 'answer'}`);
  expect(seen.filter((one, index) => one !== seen[index - 1])).toEqual([
    'first piece',
    'first answer',
    'second piece',
    'second answer',
  ]);
});
