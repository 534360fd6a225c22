import type { SearchItem } from '@twelvelabs-nodes/core';
import { type CheckContext, defined, type OperationContext } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { searchSettings } from './settings.ts';

function paramsOf({ values }: CheckContext) {
  const { indexId, query, imageUrl, searchIn = ['visual', 'audio'], limit, filter } = values;
  const hasFilter = typeof filter !== 'object' || filter === null || Object.keys(filter).length > 0;
  return {
    index_id: indexId,
    search_options: searchIn,
    ...defined({
      query_text: query,
      query_media_url: imageUrl,
      limit,
      filter: hasFilter ? filter : undefined,
    }),
  };
}

const optionsOf = ({ values, options }: CheckContext) => ({
  ...options,
  ...defined({ withAssets: values.withAssets }),
});

/** Searches the videos of an index. */
export default operationNode({
  settings: searchSettings,
  check: (context) => context.core.searchAll.check(paramsOf(context), optionsOf(context)),
  async run(context) {
    const clips = await context.inTurn(() => all(context));
    return {
      value: clips,
      ...(context.values.split === true ? { sequence: clips } : {}),
      status: (translate) => ({
        fill: 'green',
        shape: 'dot',
        text: translate('status.found', { count: clips.length }),
      }),
    };
  },
});

async function all(context: OperationContext): Promise<SearchItem[]> {
  const { core, client } = context;
  const clips: SearchItem[] = [];
  for await (const clip of client.iterate(core.searchAll, paramsOf(context), optionsOf(context)))
    clips.push(clip);
  return clips;
}
