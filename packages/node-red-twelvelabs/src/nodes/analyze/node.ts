import type { Analysis, ValidationIssue } from '@twelvelabs-nodes/core';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
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

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { core, values, origins } = context;
  const prompt = origins.get('prompt');
  if (prompt) origins.set('prompt_v2.input_text', prompt);
  const issues = await core.analyze.check({ video: LATER, ...questionOf(context) }, optionsOf(context));
  const segments = unlessEmpty(values.segments);
  if (!segments || !unlessEmpty(values.schema)) return issues;
  const field = 'response_format.segment_definitions';
  const message = 'must be left out when a JSON schema is given: use one of them';
  return [...issues, { field, rule: 'format', message, received: core.shapeOf(segments) }];
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, status, inTurn, origins } = context;
  const origin = origins.get('file');
  if (origin) origins.set('video', origin);
  // Before a file is sent: an asset costs something, and a wrong question does not need it.
  const issues = await check(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const video = await videoOf(context);
  const answer = await inTurn(() => {
    status({ name: 'answering' });
    const options = { ...optionsOf(context), ...streamingOf(context, video) };
    return client.call(core.analyze, { video, ...questionOf(context) }, options);
  });
  return outcomeOf(answer, video, values.split === true);
}

function outcomeOf({ data, json, segments, ...details }: Analysis, video: Video, split: boolean): Outcome {
  const extra = { analysis: { ...details, ...video } };
  if (!segments) return { value: json ?? data, extra, status: done('answered') };
  return {
    value: segments,
    extra,
    ...(split ? { sequence: segments } : {}),
    status: done('found', { count: segments.length }),
  };
}

async function videoOf(context: OperationContext): Promise<Video> {
  const asset_id = assetIdIn(context.values.source);
  if (asset_id) return { type: 'asset_id', asset_id };
  const source = await sourceOf(context);
  if (source.method === 'url') return { type: 'url', url: source.url };
  return { type: 'asset_id', asset_id: await readyAssetOf(context, source) };
}

/** How to get the text piece by piece. The length of a URL's video is not known: core would leave it to a task. */
function streamingOf({ values, emit }: OperationContext, { type }: Video): Record<string, unknown> {
  if (values.stream !== true) return {};
  const onText = (text: string) => emit(text, { partial: true });
  return { onText, ...(type === 'url' && !unlessEmpty(values.segments) ? { mode: 'sync' } : {}) };
}

function questionOf({ core, values }: CheckContext): Record<string, unknown> {
  const { preset = 'custom', model, temperature, maxTokens, startTime, endTime } = values;
  const presets: Readonly<Record<string, Readonly<Record<string, unknown>>>> = core.ANALYSIS_PRESETS;
  const { prompt, response_format } = {
    ...presets[String(preset)],
    ...defined({ prompt: values.prompt, response_format: formatOf(values) }),
  };
  const media_sources = unlessEmpty(values.images);
  return defined({
    ...(media_sources ? { prompt_v2: { input_text: prompt, media_sources } } : { prompt }),
    response_format,
    model_name: model,
    temperature,
    max_tokens: maxTokens,
    start_time: startTime,
    end_time: endTime,
    min_segment_duration: values.minSegment,
    max_segment_duration: values.maxSegment,
  });
}

function formatOf({ schema, segments }: CheckContext['values']): object | undefined {
  const json_schema = unlessEmpty(schema);
  if (json_schema) return { type: 'json_schema', json_schema };
  const segment_definitions = unlessEmpty(segments);
  return segment_definitions ? { type: 'segment_definitions', segment_definitions } : undefined;
}

function optionsOf({ values, options }: CheckContext): Record<string, unknown> {
  const { maxWait, allowPartial } = values;
  return {
    ...options,
    ...defined({ allowPartial, wait: maxWait === undefined ? undefined : { maxWait } }),
  };
}
