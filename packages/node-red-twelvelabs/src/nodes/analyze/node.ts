import type { Analysis, Asset, Progress, ValidationIssue } from '@twelvelabs-nodes/core';
import { type CheckContext, defined, type OperationContext, type Outcome } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { sizeOf, sourceOf } from '../../runtime/source/source-of.ts';
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
  const video = assetIn(values.source) ?? (await videoOf(context));
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

/** An asset, as the other nodes return it, or its ID. */
function assetIn(value: unknown): Video | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { _id?: unknown })._id : value;
  const isId = typeof id === 'string' && /^\s*[0-9a-f]{24}\s*$/i.test(id);
  return isId ? { type: 'asset_id', asset_id: id.trim() } : undefined;
}

async function videoOf(context: OperationContext): Promise<Video> {
  const { core, client, values, options, status, exists, warn, inTurn } = context;
  const source = await sourceOf(context);
  if (source.method === 'url') return { type: 'url', url: source.url };
  const { filename, checkContent } = values;
  const create = (release: () => void) =>
    client.call(
      core.createAsset,
      { ...source, ...defined({ filename }) },
      {
        ...options,
        ...defined({ checkContent }),
        onNote: warn,
        onProgress: ({ sent, total }: Progress) => status({ name: 'uploading', sent, total }),
        onAsset: ({ _id, filename: asset }: Asset) => {
          exists(_id);
          release();
          status({ name: 'processing', asset, since: performance.now() });
        },
        waitUntilReady: defined({ maxWait: values.maxWait }),
      },
    );
  const { _id } = await inTurn(create, sizeOf(source));
  return { type: 'asset_id', asset_id: _id };
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
