import { limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const searchSettings = {
  type: 'twelvelabs-search',
  palette: 'search',
  ports: { in: 'query', out: 'clips' },
  sections: {
    query: {
      title: 'Search',
      open: true,
      settings: {
        indexId: {
          kind: 'text',
          field: 'index_id',
          icon: 'database',
          label: 'Index ID',
          hint: 'The ID of the index to search.',
        },
        query: {
          kind: 'text',
          field: 'query_text',
          icon: 'search',
          label: 'Text',
          hint: 'What to look for, in your own words.',
          value: 'payload',
          type: 'msg',
        },
        imageUrl: {
          kind: 'text',
          field: 'query_media_url',
          icon: 'picture-o',
          label: 'Image URL',
          hint: 'The address of an image to look for, alone or with the text.',
          placeholder: 'none',
        },
        searchIn: {
          kind: 'choices',
          field: 'search_options',
          icon: 'eye',
          label: 'Search in',
          hint: 'Where to look: in what is seen, heard or said.',
          options: { visual: 'what is seen', audio: 'what is heard', transcription: 'what is said' },
          value: 'visual,audio',
        },
      },
    },
    results: {
      title: 'Results',
      open: true,
      settings: {
        limit: {
          kind: 'number',
          field: 'limit',
          icon: 'hashtag',
          label: 'Limit',
          hint: 'Return at most this many clips. Empty returns all of them.',
          value: '10',
        },
        split: {
          kind: 'flag',
          icon: 'code-fork',
          label: 'One message each',
          hint: 'Send one message for each clip, as a sequence that a join node can put together again.',
        },
        withAssets: {
          kind: 'flag',
          field: 'withAssets',
          icon: 'film',
          label: 'Add asset names',
          hint: 'Look up the asset ID and the file name of each video, with one more request per video.',
        },
        filter: {
          kind: 'json',
          field: 'filter',
          icon: 'filter',
          label: 'Filter',
          hint: 'Conditions on the video or its metadata, such as {"duration": {"gte": 60}}.',
        },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
