import { searchAll } from '@twelvelabs-nodes/core';
import { choiceOf } from '../../../host/check';
import { binaryField } from '../../fields/binary-field';
import { indexId } from '../../fields/index-id';
import { inputFile } from '../../fields/input-file';
import { parseJson } from '../../fields/metadata';
import { paging } from '../../fields/paging';
import { group, own, sets } from '../../form/field';
import type { Resource } from '../../form/operation';

const searchBy = own(
  {
    displayName: 'Search By',
    name: 'searchBy',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Image From Input',
        value: 'file',
        description: 'An image in a binary field of the input item',
      },
      { name: 'Image URL', value: 'url', description: 'A direct link to an image' },
      { name: 'Text', value: 'text', description: 'What to find, in words' },
    ],
    default: 'text',
  },
  choiceOf(['file', 'url', 'text']),
);

/** Clips of an index. */
export const search: Resource = {
  value: 'search',
  name: 'Search',
  default: 'query',
  operations: [
    {
      value: 'query',
      name: 'Search an Index',
      action: 'Search an index',
      description: 'Find moments in the videos of an index by text or image, one item for each clip',
      form: [
        indexId,
        searchBy,
        sets(
          'params.query_text',
          {
            displayName: 'Text',
            name: 'queryText',
            type: 'string',
            default: '',
            placeholder: 'e.g. a dog that catches a ball',
            description: 'What to find. With an image, the text narrows the search and may be empty.',
          },
          (value) => (value === '' ? undefined : value),
        ),
        binaryField({ displayOptions: { show: { searchBy: ['file'] } } }),
        sets('params.query_media_url', {
          displayName: 'Image URL',
          name: 'imageUrl',
          type: 'string',
          default: '',
          required: true,
          placeholder: 'e.g. https://example.com/image.jpg',
          displayOptions: { show: { searchBy: ['url'] } },
        }),
        sets('params.search_options', {
          displayName: 'Search In',
          name: 'searchOptions',
          type: 'multiOptions',
          options: [
            { name: 'Sound', value: 'audio' },
            { name: 'Spoken Words', value: 'transcription' },
            { name: 'Visual', value: 'visual' },
          ],
          default: ['visual', 'audio'],
        }),
        ...paging,
        group('Options', 'options', [
          sets(
            'params.filter',
            {
              displayName: 'Filter (JSON)',
              name: 'filter',
              type: 'json',
              default: '{}',
              description: 'Fields of the video or of its metadata, such as {"duration": {"gte": 60}}',
            },
            (value, label) => (typeof value === 'string' ? parseJson(value, label) : value),
          ),
          sets('params.operator', {
            displayName: 'Match',
            name: 'operator',
            type: 'options',
            options: [
              { name: 'All of Search In', value: 'and' },
              { name: 'Any of Search In', value: 'or' },
            ],
            default: 'or',
          }),
          sets('options.withAssets', {
            displayName: 'With Asset',
            name: 'withAssets',
            type: 'boolean',
            default: true,
            description: 'Whether to add the ID and name of the asset to each clip',
          }),
        ]),
      ],
      async run(call) {
        const { ...params } = call.form.params;
        delete params.file;
        const isFile = call.form.get(searchBy) === 'file';
        const image = isFile ? await inputFile(call, call.form.params.file) : undefined;
        try {
          const options = { withAssets: true, ...call.form.options };
          const clips = await call.all(searchAll, {
            params: image ? { ...params, query_media_file: image } : params,
            options,
          });
          return clips;
        } finally {
          image?.close();
        }
      },
    },
  ],
};
