import { createEmbedding } from '@twelvelabs-nodes/core';
import { choiceOf } from '../../../host/check';
import { pick } from '../../fields/pick';
import { own, sets } from '../../form/field';
import type { Resource } from '../../form/operation';

const TYPES = ['audio', 'image', 'text', 'video'] as const;

const inputType = own(
  {
    displayName: 'Input',
    name: 'inputType',
    type: 'options',
    options: [
      { name: 'Audio', value: 'audio' },
      { name: 'Image', value: 'image' },
      { name: 'Text', value: 'text' },
      { name: 'Video', value: 'video' },
    ],
    default: 'text',
    description: 'What to turn into vectors. Audio and video may last up to 10 minutes.',
  },
  choiceOf(TYPES),
);

const isMedia = { inputType: ['audio', 'image', 'video'] };

/** Vectors for one's own vector store. */
export const embedding: Resource = {
  value: 'embedding',
  name: 'Embedding',
  default: 'create',
  operations: [
    {
      value: 'create',
      name: 'Create',
      action: 'Create an embedding',
      description: 'Turn text, an image, audio or video into vectors, one item for each vector',
      form: [
        inputType,
        sets('params.text.input_text', {
          displayName: 'Text',
          name: 'text',
          type: 'string',
          typeOptions: { rows: 3 },
          default: '',
          required: true,
          displayOptions: { show: { inputType: ['text'] } },
        }),
        own(
          {
            displayName: 'Source',
            name: 'source',
            type: 'options',
            options: [
              { name: 'Asset', value: 'asset' },
              { name: 'Public URL', value: 'url' },
            ],
            default: 'asset',
            displayOptions: { show: isMedia },
          },
          choiceOf(['asset', 'url']),
        ),
        pick('params.media_source.asset_id', 'assetId', 'Asset', 'searchAssets', {
          displayOptions: { show: { ...isMedia, source: ['asset'] } },
        }),
        sets('params.media_source.url', {
          displayName: 'URL',
          name: 'url',
          type: 'string',
          default: '',
          required: true,
          placeholder: 'e.g. https://example.com/video.mp4',
          displayOptions: { show: { ...isMedia, source: ['url'] } },
        }),
      ],
      async run(call) {
        const input_type = call.form.get(inputType) ?? 'text';
        const { text, ...media } = call.form.params;
        const params = { input_type, [input_type]: input_type === 'text' ? text : media };
        const { data, ...rest } = await call.core(createEmbedding, { params, options: {} });
        return (data ?? []).map((vector) => ({ ...vector, ...rest }));
      },
    },
  ],
};
