import type { EmbeddingResult, EmbeddingTask, ValidationIssue } from '@twelvelabs-nodes/core';
import { LATER } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetOf } from '../../runtime/source/asset-of.ts';
import { type CheckedMedia, checkMedia, type Media, requireSound } from '../../runtime/source/media.ts';
import type { SourceParams } from '../../runtime/source/source-params.ts';
import { embedSettings } from './settings.ts';

/** Turns a text, an image, audio or video into vectors. */
export default operationNode({ settings: embedSettings, check, run });

const WITH_MEDIA: readonly unknown[] = ['image', 'text_image', 'audio', 'video'];

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return (await checked(context)).issues;
}

function checked(context: CheckContext): Promise<CheckedMedia> {
  const { core, values, options, origins } = context;
  const { inputType = 'text', maxWait, source } = values;
  for (const [field, origin] of [...origins]) origins.set(`${String(inputType)}.${field}`, origin);
  return checkMedia(context, WITH_MEDIA.includes(inputType) ? [source] : [], {
    fields: ['media_source'],
    becomesAsset: (given) => sentAs(given, context) === undefined,
    async check([media]) {
      const params = paramsOf(context, (media && mediaIn(media, context)) ?? { asset_id: LATER });
      const [ofInput, ofWait] = await Promise.all([
        context.check(core.createEmbedding, params, sendingOf(context)),
        context.check(core.waitForEmbeddingTask, { task_id: LATER }, { ...options, ...defined({ maxWait }) }),
      ]);
      return [...ofInput, ...ofWait];
    },
  });
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, values, inTurn } = context;
  const sound = await checked(context);
  requireSound(context, sound);
  const { inputType } = values;
  const [media] = sound.media;
  const params = paramsOf(
    context,
    media && (mediaIn(media, context) ?? { asset_id: await assetOf(context, media) }),
  );
  const isTask = values.long === true && (inputType === 'audio' || inputType === 'video');
  const { data, ...details } = await inTurn<EmbeddingResult | EmbeddingTask>((release) =>
    isTask
      ? byTask(context, params, release)
      : context.client.call(core.createEmbedding, params, sendingOf(context)),
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
  context: OperationContext,
  params: object,
  release: () => void,
): Promise<EmbeddingTask> {
  const { core, client, values, options, status, began } = context;
  const { _id: task_id } = await client.call(core.createEmbeddingTask, params, sendingOf(context));
  began(`embedding task ${task_id}`);
  release();
  status({ name: 'processing', since: performance.now() });
  const waiting = { ...options, ...defined({ maxWait: values.maxWait }) };
  return client.call(core.waitForEmbeddingTask, { task_id }, waiting);
}

/** An asset that is there already, or what goes into the request itself. */
function mediaIn(media: Media, context: CheckContext): object | undefined {
  return 'asset_id' in media ? media : sentAs(media.source, context);
}

/** URLs and small files go into the request; what is larger, or of unknown size, becomes an asset. */
function sentAs({ method, url, file }: SourceParams, { core }: CheckContext): object | undefined {
  if (method === 'url') return { url };
  const { size } = (file ?? {}) as { size?: number };
  return size !== undefined && size <= core.MAX_INLINE_BYTES ? { file } : undefined;
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

function sendingOf({ values, options }: CheckContext): Record<string, unknown> {
  return { ...options, ...defined({ checkUrl: values.checkUrl }) };
}

function partOf({ startTime, endTime, vectorsOf, vectorsFor }: CheckContext['values']): object {
  return defined({
    start_sec: startTime,
    end_sec: endTime,
    embedding_option: vectorsOf,
    embedding_scope: vectorsFor,
  });
}
