import type { Analysis, ValidationIssue } from '@twelvelabs-nodes/core';
import { LATER } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { assetOf } from '../../runtime/source/asset-of.ts';
import { type CheckedMedia, checkMedia, type Media, requireSound } from '../../runtime/source/media.ts';
import { analyzeSettings } from './settings.ts';

/** Answers a question about a video: an asset, a URL, or a file that becomes an asset first. */
export default operationNode({ settings: analyzeSettings, check, run });

const KINDS = ['video'] as const;

interface Video {
  readonly type: 'asset_id' | 'url';
  readonly asset_id?: unknown;
  readonly url?: unknown;
}

const assetVideo = (asset_id: string): Video => ({ type: 'asset_id', asset_id });

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return (await checked(context)).issues;
}

function checked(context: CheckContext): Promise<CheckedMedia> {
  const { core, values, origins } = context;
  const prompt = origins.get('prompt');
  if (prompt) origins.set('prompt_v2.input_text', prompt);
  return checkMedia(context, [values.source], {
    fields: ['file', 'video'],
    kinds: KINDS,
    becomesAsset: ({ method }) => method !== 'url',
    async check([media]) {
      const params = { video: videoIn(media) ?? assetVideo(LATER), ...questionOf(context) };
      const issues = await context.check(core.analyze, params, optionsOf(context));
      const segments = unlessEmpty(values.segments);
      if (!segments || !unlessEmpty(values.schema)) return issues;
      const field = 'response_format.segment_definitions';
      const message = 'must be left out when a JSON schema is given: use one of them';
      return [...issues, { field, rule: 'format', message, received: core.shapeOf(segments) }];
    },
  });
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, status, inTurn } = context;
  const sound = await checked(context);
  requireSound(context, sound);
  const [media] = sound.media as [Media];
  const video = videoIn(media) ?? assetVideo(await assetOf(context, media, KINDS));
  const params = { video, ...questionOf(context) };
  const answer = await inTurn((release) => {
    status({ name: 'answering', since: performance.now() });
    // From here on it only waits. What is logged is known even if this process ends now.
    const onTask = ({ task_id }: { readonly task_id: string }) => {
      context.began(`analysis task ${task_id}`);
      release();
    };
    const options = { ...optionsOf(context), ...streamingOf(context, video), onTask };
    return client.call(core.analyze, params, options);
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

/** The video that is there already: an asset, or what the platform fetches. */
function videoIn(media: Media | undefined): Video | undefined {
  if (!media) return undefined;
  if ('asset_id' in media) return assetVideo(media.asset_id);
  const { method, url } = media.source;
  return method === 'url' ? { type: 'url', url } : undefined;
}

/** How to get the text piece by piece. The length of a URL's video is not known: core would leave it to a task. */
function streamingOf({ values, emit }: OperationContext, { type }: Video): Record<string, unknown> {
  if (values.stream !== true) return {};
  const onText = (text: string) => emit(text, { partial: true });
  const needsTask = values.once !== undefined || unlessEmpty(values.segments);
  return { onText, ...(type === 'url' && !needsTask ? { mode: 'sync' } : {}) };
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
  const { maxWait, allowPartial, checkUrl, once } = values;
  return {
    ...options,
    ...defined({ allowPartial, checkUrl, once, wait: maxWait === undefined ? undefined : { maxWait } }),
  };
}
