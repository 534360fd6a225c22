import type { Context } from '../context.ts';
import { stages } from '../progress.ts';
import { analyzeTaskJson } from './analyze-task-json.ts';
import { assetDetailJson } from './asset-json.ts';
import { indexedAssetJson } from './indexed-asset-json.ts';
import { indexJson } from './indexes.ts';

/** How many of each the page shows, newest first. */
const shown = { assets: 200, indexes: 50, indexedAssets: 50, tasks: 50 };

/** Assets as the page shows them: as the API answers them, with two fields more. */
export function assetsState(context: Context, origin: string): Record<string, unknown> {
  const { assets, total } = context.assets.list({}, { page: 1, limit: shown.assets });
  return {
    total,
    assets: assets.map((asset) => ({
      ...assetDetailJson(asset, origin),
      kind: asset.kind,
      original_url: `${origin}/media/${asset.id}/original`,
    })),
  };
}

export function indexesState(context: Context): Record<string, unknown>[] {
  const { indexes, indexedAssets } = context.store;
  return newest(indexes.all(), shown.indexes).map((index) => ({
    ...indexJson(context, index),
    indexed_assets: newest(indexedAssets.all(index.id), shown.indexedAssets).map((record) =>
      indexedAssetJson(context, record),
    ),
  }));
}

/** Tasks of both kinds, of embeddings without the vectors. */
export function tasksState(context: Context): Record<string, unknown>[] {
  const { analyzeTasks, embedTasks } = context.store;
  const analyses = newest(analyzeTasks.all(), shown.tasks).map((task) => {
    const answer = analyzeTaskJson(context, task);
    const about = typeof task.params.prompt === 'string' ? task.params.prompt : task.filename;
    return { id: task.id, kind: 'analysis', about, status: answer.status, answer };
  });
  const embeddings = newest(embedTasks.all(), shown.tasks).map((task) => {
    const end = task.error === null ? 'ready' : 'failed';
    const { status } = context.progress.at(stages.embed, end, task.created_at);
    const { input_url, input_filename } = task.metadata;
    const answer = { metadata: task.metadata, embeddings: task.data.length, error: task.error };
    return { id: task.id, kind: 'embedding', about: input_filename ?? input_url, status, answer };
  });
  return [...analyses, ...embeddings].slice(0, shown.tasks);
}

function newest<T>(oldestFirst: readonly T[], count: number): T[] {
  return oldestFirst.toReversed().slice(0, count);
}
