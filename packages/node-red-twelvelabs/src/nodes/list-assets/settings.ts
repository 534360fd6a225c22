import { limitsSection, messageSection, split } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const listAssetsSettings = {
  type: 'twelvelabs-list-assets',
  palette: 'list assets',
  sign: { title: 'lines', path: 'M26 34.5h11M26 40.5h11M26 46.5h11' },
  ports: { in: 'trigger', out: 'assets' },
  sections: {
    filter: {
      title: 'Filter',
      open: true,
      settings: {
        filename: {
          kind: 'text',
          field: 'filename',
          icon: 'file-o',
          label: 'File name contains',
          hint: 'List only assets with this text in their file name.',
          placeholder: 'any',
        },
        assetTypes: {
          kind: 'choices',
          field: 'asset_types',
          icon: 'film',
          label: 'Kinds',
          hint: 'List only assets of these kinds.',
          options: { video: 'video', audio: 'audio', image: 'image' },
          placeholder: 'all',
        },
        assetIds: {
          kind: 'list',
          field: 'asset_ids',
          icon: 'list-ol',
          label: 'Asset IDs',
          hint: 'List only these assets: comma-separated IDs, or an array of them.',
          placeholder: 'id, id, …',
        },
      },
    },
    pages: {
      title: 'How many',
      open: true,
      settings: {
        all: {
          kind: 'flag',
          icon: 'files-o',
          label: 'All pages',
          hint: 'Read page after page until there are no more assets, or until the limit.',
        },
        limit: {
          kind: 'number',
          field: 'limit',
          when: { setting: 'all', is: ['true'] },
          icon: 'hashtag',
          label: 'Limit',
          hint: 'With "All pages": return at most this many assets.',
          placeholder: 'no limit',
        },
        page: {
          kind: 'number',
          field: 'page',
          when: { setting: 'all', is: ['false'] },
          icon: 'file-text-o',
          label: 'Page',
          hint: 'Without "All pages": the page to read. The first page is 1.',
          placeholder: '1',
        },
        pageLimit: {
          kind: 'number',
          field: 'page_limit',
          icon: 'arrows-v',
          label: 'Per page',
          hint: 'How many assets one page contains, 50 at most.',
          placeholder: '10',
        },
        split,
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
