import { about } from '../errors/about.ts';
import type { CallContext } from '../http/call.ts';
import { iterableOperation } from '../http/iterable-operation.ts';
import { type Operation, operation } from '../http/operation.ts';
import type { PollOptions } from '../polling/wait-options.ts';
import { answerOf, completed } from './answer.ts';
import { modeIssues, wayFor } from './mode.ts';
import { type AnalyzeOptions, analyzeOptions, streamOptions } from './options.ts';
import {
  ANALYSIS_LINKS,
  analyzeParams,
  askParams,
  type CheckedAnalyzeParams,
  type CheckedAskParams,
} from './params.ts';
import type { Analysis } from './schema.ts';
import { ask } from './stream.ts';
import { createTask, waitForTask } from './tasks.ts';

/** What an analysis needs to know of assets, which are another resource. */
export interface AssetsOfAnalysis {
  /** Waits until an asset is ready. */
  waitForAsset(
    context: CallContext,
    asset_id: string,
    options: PollOptions<never>,
  ): Promise<{ readonly duration?: number | null | undefined }>;
}

/** Answers a question about a video, in one request or by a task. */
export function analyzeWith(assets: AssetsOfAnalysis): Operation<Analysis> {
  return operation(
    analyzeParams,
    analyzeOptions,
    async (context, params, options) => {
      const { mode = 'auto' } = options;
      const way = mode === 'auto' ? await chosenWay(context, assets, params, options) : mode;
      return way === 'sync'
        ? analyzeAtOnce(context, params, options)
        : analyzeByTask(context, params, options);
    },
    { agreement: modeIssues, links: ANALYSIS_LINKS },
  );
}

/** The text of an answer, piece by piece as it arrives. */
export const streamAnalysis = iterableOperation(
  askParams,
  streamOptions,
  async (context, params, { allowPartial = false }, emit: (text: string) => Promise<void>) => {
    completed(await ask(context, params, emit), undefined, allowPartial);
  },
  { links: ANALYSIS_LINKS },
);

async function chosenWay(
  context: CallContext,
  assets: AssetsOfAnalysis,
  params: CheckedAnalyzeParams,
  { wait, once }: AnalyzeOptions,
): Promise<'sync' | 'task'> {
  const { video } = params;
  const ready = (asset_id: string) =>
    assets.waitForAsset(context, asset_id, { ...wait, onStatus: undefined });
  for (const { asset_id } of imagesOf(params)) if (asset_id !== undefined) await ready(asset_id);
  if (video.type !== 'asset_id') return wayFor(params, { once });
  const { duration } = await ready(video.asset_id);
  return wayFor(params, { once, duration: duration ?? undefined });
}

/** The reference images of a question. */
function imagesOf({ prompt_v2, response_format: format }: CheckedAnalyzeParams) {
  const definitions = format?.type === 'segment_definitions' ? format.segment_definitions : [];
  return [prompt_v2, ...definitions].flatMap((each) => each?.media_sources ?? []);
}

async function analyzeAtOnce(
  context: CallContext,
  params: CheckedAnalyzeParams,
  { allowPartial = false, onText }: AnalyzeOptions,
): Promise<Analysis> {
  const { analysis_mode: _, ...question } = params;
  const analysis = await ask(context, question as CheckedAskParams, onText);
  return completed(analysis, params.response_format, allowPartial);
}

async function analyzeByTask(
  context: CallContext,
  params: CheckedAnalyzeParams,
  { once, wait = {}, allowPartial = false, onTask }: AnalyzeOptions,
): Promise<Analysis> {
  const task = await createTask(context, params, once);
  const { task_id } = task;
  return about({ resource: 'analysis_task', id: task_id }, async () => {
    onTask?.(task);
    const done = await waitForTask(context, task_id, wait, true);
    // Also where the platform does not repeat what was asked.
    const { response_format } = params;
    return answerOf(
      { ...done, request_params: { ...done.request_params, response_format } },
      { allowPartial },
    );
  });
}
