import {
  createEmbedding,
  createEmbeddingTask,
  type Embedding,
  waitForEmbeddingTask,
} from '@twelvelabs-nodes/core';
import { choiceOf, flag } from '../../../host/check';
import { checkUrl } from '../../fields/check-url';
import { inputFile } from '../../fields/input-file';
import { mediaSource } from '../../fields/media-source';
import { group, own, sets } from '../../form/field';
import type { Call, Operation } from '../../form/operation';

const inputType = own(
  {
    displayName: 'Input',
    name: 'inputType',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Audio', value: 'audio', description: 'Vectors of sounds and spoken words' },
      { name: 'Image', value: 'image', description: 'One vector' },
      { name: 'Image and Text', value: 'text_image', description: 'One vector of both' },
      { name: 'Text', value: 'text', description: 'One vector' },
      { name: 'Video', value: 'video', description: 'Vectors of picture, sounds and spoken words' },
    ],
    default: 'text',
    description: 'What to turn into vectors. Vectors of all kinds can be compared with each other.',
  },
  choiceOf(['audio', 'image', 'text', 'text_image', 'video']),
);

const source = mediaSource({
  noun: 'media',
  default: 'asset',
  fileDescription:
    'Sends the input file in the request (up to 36 MiB). For a larger file, create an asset first.',
  targets: { asset: 'params.media_source.asset_id', url: 'params.media_source.url' },
  show: { inputType: ['audio', 'image', 'text_image', 'video'] },
});

const isTimed = { inputType: ['audio', 'video'] };

const isLong = own(
  {
    displayName: 'Longer Than 10 Minutes',
    name: 'isLong',
    type: 'boolean',
    default: false,
    description: 'Whether audio or video lasts more than 10 minutes (up to 4 hours), which takes longer',
    displayOptions: { show: isTimed },
  },
  flag,
);

/** Vectors for one's own vector store. */
export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create an embedding',
  description: 'Turn text, an image, audio or video into vectors, one item for each vector',
  form: [
    inputType,
    sets('params.input_text', {
      displayName: 'Text',
      name: 'text',
      type: 'string',
      typeOptions: { rows: 3 },
      default: '',
      required: true,
      placeholder: 'e.g. a dog that catches a ball',
      displayOptions: { show: { inputType: ['text', 'text_image'] } },
    }),
    ...source.fields,
    isLong,
    group('Options', 'options', [
      sets('params.start_sec', {
        displayName: 'Start (Seconds)',
        name: 'startTime',
        type: 'number',
        default: 0,
        description: 'Where the part of the audio or video starts',
      }),
      sets('params.end_sec', {
        displayName: 'End (Seconds)',
        name: 'endTime',
        type: 'number',
        default: 60,
        description: 'Where the part of the audio or video ends',
      }),
      sets('params.embedding_scope', {
        displayName: 'One Vector For',
        name: 'scope',
        type: 'multiOptions',
        options: [
          { name: 'All of It', value: 'asset' },
          { name: 'Each Clip', value: 'clip' },
        ],
        default: ['clip'],
        description: 'What gets a vector of audio or video. Default: both.',
      }),
      sets('params.embedding_option', {
        displayName: 'Vectors Of',
        name: 'vectorsOf',
        type: 'multiOptions',
        options: [
          { name: 'Sound', value: 'audio' },
          { name: 'Spoken Words', value: 'transcription' },
          { name: 'Visual', value: 'visual' },
        ],
        default: ['visual'],
        description: 'What of audio or video gets a vector of its own. Default: all.',
      }),
      checkUrl,
    ]),
  ],
  async run(call) {
    const { file: field, input_text, media_source, ...timed } = call.form.params;
    const input_type = call.form.get(inputType) ?? 'text';
    const text = input_text === undefined ? {} : { input_text };
    if (input_type === 'text') return vectors(call, { input_type, text });
    const given = (media: unknown) => ({
      input_type,
      [input_type]: { ...text, ...timed, media_source: media },
    });
    if (call.form.get(source.choice) !== 'file') return vectors(call, given(media_source));
    const file = await inputFile(call, field);
    try {
      return await vectors(call, given({ file }), file?.size);
    } finally {
      file?.close();
    }
  },
};

/** One item for each vector, beside what the platform says about all of them. */
async function vectors(call: Call, params: object, bytes?: number): Promise<object[]> {
  const { data, ...rest } = await embedded(call, params, bytes);
  return (data ?? []).map((vector) => ({ ...vector, ...rest }));
}

async function embedded(
  call: Call,
  params: object,
  bytes: number | undefined,
): Promise<{ readonly data?: readonly Embedding[] | null | undefined }> {
  if (!call.form.get(isLong)) return call.core(createEmbedding, { params, bytes });
  const { _id: task_id } = await call.core(createEmbeddingTask, { params, bytes });
  const onStatus = () => call.onWaiting(`embedding task ${task_id}`);
  const { data, metadata } = await call.core(waitForEmbeddingTask, {
    params: { task_id },
    options: { onStatus },
  });
  return { data, ...(metadata ? { metadata } : {}) };
}
