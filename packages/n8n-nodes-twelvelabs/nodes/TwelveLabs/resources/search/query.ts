import { type SearchPage, searchAll } from '@twelvelabs-nodes/core';
import { choiceOf } from '../../../host/check';
import { binaryField } from '../../fields/binary-field';
import { checkUrl } from '../../fields/check-url';
import { indexId } from '../../fields/index-id';
import { inputFile } from '../../fields/input-file';
import { joined } from '../../fields/metadata';
import { paging } from '../../fields/paging';
import { group, own, sets } from '../../form/field';
import { someText } from '../../form/lists';
import type { Operation } from '../../form/operation';
import { conditions, filterJson } from './filter';

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
    description: 'What to find. Text can also go with an image.',
  },
  choiceOf(['file', 'url', 'text']),
);

/** Clips of an index. */
export const query: Operation = {
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
        description:
          'What to find. With an image, the text narrows the search and may be empty. To find an entity, write its ID as &lt;@ID&gt;.',
      },
      someText,
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
        { name: 'Sound', value: 'audio', description: 'Sounds and music' },
        { name: 'Spoken Words', value: 'transcription', description: 'What is said' },
        { name: 'Visual', value: 'visual', description: 'What can be seen' },
      ],
      default: ['visual', 'audio'],
      description: 'What part of the videos to search',
    }),
    ...paging,
    conditions,
    group('Options', 'options', [
      filterJson,
      sets('params.operator', {
        displayName: 'Match',
        name: 'operator',
        type: 'options',
        options: [
          { name: 'All of Search In', value: 'and' },
          { name: 'Any of Search In', value: 'or' },
        ],
        default: 'or',
        description: 'Whether a clip must match in all that is searched, or in one',
      }),
      sets('options.withAssets', {
        displayName: 'With Asset',
        name: 'withAssets',
        type: 'boolean',
        default: true,
        description: 'Whether to add the ID and the file name of the asset to each clip',
      }),
      sets('params.include_user_metadata', {
        displayName: 'With Metadata',
        name: 'withMetadata',
        type: 'boolean',
        default: false,
        description: 'Whether to add the metadata of the indexed asset to each clip',
      }),
      checkUrl,
    ]),
  ],
  async run(call) {
    const { file, ...rest } = call.form.params;
    const filter = joined(call.form.get(filterJson), call.form.get(conditions));
    const params = filter === undefined ? rest : { ...rest, filter };
    const { memory } = call;
    const options = {
      withAssets: true,
      ...call.form.options,
      firstPage: memory.firstPage,
      onFirstPage: (page: SearchPage) => {
        memory.firstPage = page;
      },
    };
    const image = call.form.get(searchBy) === 'file' ? await inputFile(call, file) : undefined;
    try {
      const clips = await call.all(searchAll, {
        params: image ? { ...params, query_media_file: image } : params,
        options,
        bytes: image?.size,
      });
      const failure = clips.find(({ asset_error }) => asset_error)?.asset_error;
      if (failure) call.hint(`The asset of some clips could not be looked up: ${failure}`, 'warning');
      return clips;
    } finally {
      image?.close();
    }
  },
};
