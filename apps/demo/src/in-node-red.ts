import path from 'node:path';
import { type Driven, NodeRed, nodeFlow } from '@twelvelabs-nodes/app-node-red';
import type { Account } from '@twelvelabs-nodes/emulator/command-line';
import type { Created, Results, Tasks } from './tasks.ts';

/**
 * From a file to an answer in a real Node-RED: creates an asset from each source, asks about the first one, adds it to
 * an index, and searches that index.
 * @throws {Error} naming the step and the reason when one fails
 */
export async function runInNodeRed(
  account: Account,
  { files, urls, question, index, query }: Tasks,
): Promise<Results> {
  const flows = [
    nodeFlow('create', account, { waitUntilReady: 'true', waitUntilReadyType: 'bool' }),
    nodeFlow('ask', account, { type: 'twelvelabs-analyze', prompt: question, promptType: 'str' }),
    nodeFlow('add', account, { type: 'twelvelabs-index-asset', index, indexType: 'str' }),
    nodeFlow('search', account, {
      type: 'twelvelabs-search',
      index: 'payload',
      indexType: 'msg',
      query,
      queryType: 'str',
      withAssets: 'true',
      withAssetsType: 'bool',
    }),
  ];
  await using nodeRed = await NodeRed.start({
    flows: flows.flatMap(({ nodes }) => nodes),
    credentials: Object.assign({}, ...flows.map(({ credentials }) => credentials)),
  });
  const run = async (step: string, payload: unknown, what = step) => {
    const driven = await nodeRed.call<Driven>(`/${step}`, { payload });
    if (driven.error) throw new Error(`Node-RED, ${what}: ${driven.error.message}`);
    return { payload: driven.asset as unknown, rest: driven.rest };
  };
  const created: Created[] = [];
  for (const source of [...files.map((file) => path.resolve(file)), ...urls]) {
    const { payload } = await run('create', source, source);
    created.push({
      source: path.isAbsolute(source) ? path.basename(source) : source,
      asset: payload as Record<string, unknown>,
    });
  }
  const id = created[0]?.asset._id;
  const answer = await run('ask', id);
  const added = await run('add', id);
  const clips = await run('search', added.rest.indexId);
  return { created, answer: String(answer.payload), clips: clips.payload as Record<string, unknown>[] };
}
