import {
  type Analysis,
  analyze,
  answerOf,
  createAnalysisTask,
  deleteAsset,
  waitForAnalysisTask,
} from '@twelvelabs-nodes/core';
import { flag } from '../../../host/check';
import { checkUrl } from '../../fields/check-url';
import { mediaSource } from '../../fields/media-source';
import { onceKey } from '../../fields/once';
import { LATER, uploaded } from '../../fields/uploaded';
import { waitLimit } from '../../fields/waiting';
import { type Field, own, sets } from '../../form/field';
import type { Call } from '../../form/operation';

const source = mediaSource({
  noun: 'video',
  default: 'file',
  fileDescription: 'Uploads the input file, and waits until the asset is ready',
  targets: { asset: 'params.video.asset_id', url: 'params.video.url' },
});

export const videoFields = source.fields;

const deleteAfterwards = own(
  {
    displayName: 'Delete Asset Afterwards',
    name: 'deleteAsset',
    type: 'boolean',
    default: false,
    description: 'Whether to delete the asset that the node created from the file, once the answer is there',
  },
  flag,
);

const waitForResult = own(
  {
    displayName: 'Wait for Result',
    name: 'waitForResult',
    type: 'boolean',
    default: true,
    description:
      'Whether to wait for the answer. When off, the node returns a task, for Get Task to read later.',
  },
  flag,
);

/** Options of every question about a video. */
export const videoOptions: readonly Field[] = [
  sets('params.start_time', {
    displayName: 'Start (Seconds)',
    name: 'startTime',
    type: 'number',
    default: 0,
    description: 'Where the part of the video to analyze starts',
  }),
  sets('params.end_time', {
    displayName: 'End (Seconds)',
    name: 'endTime',
    type: 'number',
    default: 60,
    description: 'Where the part of the video to analyze ends, at least 4 seconds after its start',
  }),
  sets('params.max_tokens', {
    displayName: 'Maximum Tokens',
    name: 'maxTokens',
    type: 'number',
    default: 4096,
    description: 'How long the answer may be',
  }),
  sets('params.temperature', {
    displayName: 'Temperature',
    name: 'temperature',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
    default: 0.2,
    description: 'From 0 (the most predictable answer) to 1 (the most varied one)',
  }),
  sets('params.model_name', {
    displayName: 'Model',
    name: 'model',
    type: 'string',
    default: 'pegasus1.5',
    description: 'The model to ask',
  }),
  {
    ...onceKey,
    property: {
      ...onceKey.property,
      description:
        'Any text that identifies this job, such as an order number. If an asset with this key exists, the node uses it. If the same question was asked with this key, the node returns that answer.',
    },
  },
  checkUrl,
  waitForResult,
  waitLimit('options.wait.maxWait'),
  deleteAfterwards,
];

/** What came out of a question: the answer, or the task that will have it. */
export interface Asked {
  readonly answer?: Analysis;
  /** What goes along with it: the asset, and the task. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** Asks a question about the chosen video; a file becomes an asset first. */
export async function askAboutVideo(call: Call, question: object): Promise<Asked> {
  const { wait = {}, ...options } = call.form.options;
  const from = call.form.get(source.choice) ?? 'file';
  const waits = call.form.get(waitForResult) ?? true;
  const deletes = from === 'file' && (call.form.get(deleteAfterwards) ?? false);
  const later = { type: 'asset_id', asset_id: LATER };
  if (deletes && !waits) {
    const message = 'must be off when the node does not wait for the result';
    call.form.add([{ field: 'Delete Asset Afterwards', rule: 'value', message, received: 'true' }]);
  }
  const given =
    from === 'file'
      ? {
          asset_id: await uploaded(call, {
            field: call.form.params.file,
            check: () => analyze.check({ video: later, ...question }, { wait, ...options }),
            options: { kinds: ['video'], ...options },
            waiting: wait as object,
          }),
        }
      : (call.form.params.video as { readonly asset_id?: unknown });
  const video = { type: from === 'url' ? 'url' : 'asset_id', ...given };
  const params = { video, ...question };
  call.form.add(await analyze.check(params, { wait, ...options }));
  if (!waits) {
    // The platform runs a task once for each key, however often the node is tried.
    const keyed = { once: call.memory.key, ...options };
    const { task_id, status } = await call.core(createAnalysisTask, { params, options: keyed });
    return { details: { task_id, status, ...given } };
  }
  const answer = await answerTo(call, params, { ...options, wait: wait as object });
  const deleted = deletes ? { asset_deleted: await isDeleted(call, String(given.asset_id)) } : {};
  return { answer, details: { ...given, ...deleted } };
}

interface AnswerOptions {
  readonly once?: unknown;
  readonly wait: object;
}

/** The answer to a question; a further try waits for the task of an earlier one, which was paid for. */
async function answerTo(call: Call, params: object, options: AnswerOptions): Promise<Analysis> {
  const request = JSON.stringify(params);
  const known = call.memory.found(request);
  if (known) {
    const wait = { ...options.wait, onStatus: () => call.onWaiting(`analysis task ${known.id}`) };
    const task = await call.core(waitForAnalysisTask, { params: { task_id: known.id }, options: wait });
    const { response_format } = params as Pick<NonNullable<typeof task.request_params>, 'response_format'>;
    return answerOf({ ...task, request_params: { ...task.request_params, response_format } });
  }
  const onTask = ({ task_id: id }: { task_id: string }) => {
    call.memory.add(request, { resource: 'analysis task', id });
    call.onWaiting(`analysis task ${id}`);
  };
  return call.core(analyze, { params, options: { ...options, onTask } });
}

/** The answer was paid for: an asset that cannot be deleted must not lose it. */
async function isDeleted(call: Call, asset_id: string): Promise<boolean> {
  try {
    await call.core(deleteAsset, { params: { asset_id }, options: {} });
    call.memory.forget(asset_id);
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    call.hint(`The asset ${asset_id} could not be deleted: ${reason}`, 'warning');
    return false;
  }
}
