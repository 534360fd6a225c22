import type { Analysis, ValidationIssue } from '@twelvelabs-nodes/core';
import { type CheckContext, defined, type OperationContext, type Outcome } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetIdIn, readyAssetOf } from '../../runtime/source/asset-of.ts';
import { sourceOf } from '../../runtime/source/source-of.ts';
import { analyzeSettings } from './settings.ts';

/** Answers a question about a video: an asset, a URL, or a file that becomes an asset first. */
export default operationNode({ settings: analyzeSettings, check, run });

interface Video {
  readonly type: 'asset_id' | 'url';
  readonly asset_id?: unknown;
  readonly url?: unknown;
}

/** Stands for the asset of a file that is not there yet. */
const LATER: Video = { type: 'asset_id', asset_id: 'later' };

function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return context.core.analyze.check({ video: LATER, ...questionOf(context) }, optionsOf(context));
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, status, inTurn, origins } = context;
  const origin = origins.get('file');
  if (origin) origins.set('video', origin);
  // Before a file is sent: an asset costs something, and a wrong question does not need it.
  const issues = await check(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const video = await videoOf(context);
  const params = { video, ...questionOf(context) };
  const answer = await inTurn(() => {
    status({ name: 'answering' });
    return values.stream === true
      ? streamed(context, params)
      : client.call(core.analyze, params, optionsOf(context));
  });
  const { data, json, segments, ...details } = answer;
  return {
    value: json ?? segments ?? data,
    extra: { analysis: { ...details, ...video } },
    status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.answered') }),
  };
}

async function videoOf(context: OperationContext): Promise<Video> {
  const asset_id = assetIdIn(context.values.source);
  if (asset_id) return { type: 'asset_id', asset_id };
  const source = await sourceOf(context);
  if (source.method === 'url') return { type: 'url', url: source.url };
  return { type: 'asset_id', asset_id: await readyAssetOf(context, source) };
}

/** Sends each piece as it arrives. @returns the whole answer */
async function streamed(
  { core, client, options, emit }: OperationContext,
  params: object,
): Promise<Analysis> {
  let data = '';
  for await (const piece of client.iterate(core.streamAnalysis, params, options)) {
    data += piece;
    emit(piece, { partial: true });
  }
  return { id: undefined, data, finish_reason: 'stop', usage: undefined };
}

function questionOf({ core, values }: CheckContext): Record<string, unknown> {
  const { preset = 'custom', prompt, schema, model, temperature, maxTokens, startTime, endTime } = values;
  const presets: Readonly<Record<string, object>> = core.ANALYSIS_PRESETS;
  const hasSchema = typeof schema === 'object' && schema !== null && Object.keys(schema).length > 0;
  return {
    ...presets[String(preset)],
    ...defined({
      prompt,
      response_format: hasSchema ? { type: 'json_schema', json_schema: schema } : undefined,
      model_name: model,
      temperature,
      max_tokens: maxTokens,
      start_time: startTime,
      end_time: endTime,
    }),
  };
}

function optionsOf({ values, options }: CheckContext): Record<string, unknown> {
  const { maxWait } = values;
  return { ...options, ...(maxWait === undefined ? {} : { wait: { maxWait } }) };
}
