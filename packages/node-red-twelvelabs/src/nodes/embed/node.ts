import type { EmbeddingResult, EmbeddingTask, ValidationIssue } from '@twelvelabs-nodes/core';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetIdIn, readyAssetOf } from '../../runtime/source/asset-of.ts';
import { sourceOf } from '../../runtime/source/source-of.ts';
import { embedSettings } from './settings.ts';

/** Turns a text, an image, audio or video into vectors. */
export default operationNode({ settings: embedSettings, check, run });

/** Stands for media that are not looked at yet. */
const LATER = { asset_id: 'later' };

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { core, values, options, origins } = context;
  const { inputType = 'text', maxWait } = values;
  for (const [field, origin] of [...origins]) origins.set(`${String(inputType)}.${field}`, origin);
  const [ofInput, ofWait] = await Promise.all([
    core.createEmbedding.check(paramsOf(context, LATER), options),
    core.waitForEmbeddingTask.check({ task_id: 'later' }, { ...options, ...defined({ maxWait }) }),
  ]);
  const known = new Set(ofInput.map(({ field }) => field));
  return [...ofInput, ...ofWait.filter(({ field }) => !known.has(field))];
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, values, inTurn } = context;
  // Before a file is sent: an asset costs something, and a wrong setting does not need it.
  const issues = await check(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const { inputType = 'text' } = values;
  const params = paramsOf(context, inputType === 'text' ? undefined : await mediaOf(context));
  const isTask = values.long === true && (inputType === 'audio' || inputType === 'video');
  const { data, ...details } = await inTurn<EmbeddingResult | EmbeddingTask>((release) =>
    isTask
      ? byTask(context, params, release)
      : context.client.call(core.createEmbedding, params, context.options),
  );
  const vectors = data ?? [];
  return {
    value: vectors,
    extra: { embedding: details },
    ...(values.split === true ? { sequence: vectors } : {}),
    status: done('vectors', { count: vectors.length }),
  };
}

async function byTask(
  { core, client, values, options, status }: OperationContext,
  params: object,
  release: () => void,
): Promise<EmbeddingTask> {
  const { _id: task_id } = await client.call(core.createEmbeddingTask, params, options);
  release();
  status({ name: 'processing', asset: undefined, since: performance.now() });
  const waiting = { ...options, ...defined({ maxWait: values.maxWait }) };
  return client.call(core.waitForEmbeddingTask, { task_id }, waiting);
}

/** Small files go into the request itself; what is larger, or of unknown size, becomes an asset. */
async function mediaOf(context: OperationContext): Promise<object> {
  const asset_id = assetIdIn(context.values.source);
  if (asset_id) return { asset_id };
  const source = await sourceOf(context, false);
  if (source.method === 'url') return { url: source.url };
  const { size } = (source.file ?? {}) as { size?: number };
  if (size !== undefined && size <= context.core.MAX_INLINE_BYTES) return { file: source.file };
  return { asset_id: await readyAssetOf(context, source) };
}

function paramsOf({ values }: CheckContext, media_source: object | undefined): Record<string, unknown> {
  const { inputType: input_type = 'text', text: input_text, model } = values;
  const inputs: Readonly<Record<string, object>> = {
    text: { input_text },
    image: { media_source },
    text_image: { input_text, media_source },
    audio: { media_source, ...partOf(values) },
    video: { media_source, ...partOf(values) },
  };
  const input = inputs[String(input_type)];
  return {
    input_type,
    ...defined({ model_name: model }),
    ...(input ? { [String(input_type)]: input } : {}),
  };
}

function partOf({ startTime, endTime, vectorsOf, vectorsFor }: CheckContext['values']): object {
  return defined({
    start_sec: startTime,
    end_sec: endTime,
    embedding_option: vectorsOf,
    embedding_scope: vectorsFor,
  });
}
