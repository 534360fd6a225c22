import { createAsset } from './create-asset.ts';
import { assetId, limitsSection, maxWait, messageSection, type Page, waitFor } from './page.ts';

const getAsset: Page = {
  type: 'twelvelabs-get-asset',
  icon: 'twelvelabs-get.svg',
  sections: [{ name: 'asset', open: true, fields: [assetId] }, limitsSection, messageSection],
};

const listAssets: Page = {
  type: 'twelvelabs-list-assets',
  icon: 'twelvelabs-list.svg',
  sections: [
    {
      name: 'filter',
      open: true,
      fields: [
        { name: 'filename', kind: 'text', icon: 'file-o' },
        { name: 'assetTypes', kind: 'choices', icon: 'film', options: ['video', 'audio', 'image'] },
        { name: 'assetIds', kind: 'text', icon: 'list-ol' },
      ],
    },
    {
      name: 'pages',
      open: true,
      fields: [
        { name: 'all', kind: 'flag', icon: 'files-o' },
        { name: 'limit', kind: 'number', icon: 'hashtag' },
        { name: 'page', kind: 'number', icon: 'file-text-o' },
        { name: 'pageLimit', kind: 'number', icon: 'arrows-v' },
        { name: 'split', kind: 'flag', icon: 'code-fork' },
      ],
    },
    limitsSection,
    messageSection,
  ],
};

const waitUntilReady: Page = {
  type: 'twelvelabs-wait-until-ready',
  icon: 'twelvelabs-wait.svg',
  sections: [
    {
      name: 'asset',
      open: true,
      fields: [assetId, waitFor, maxWait, { name: 'interval', kind: 'number', icon: 'refresh' }],
    },
    limitsSection,
    messageSection,
  ],
};

const updateMetadata: Page = {
  type: 'twelvelabs-update-metadata',
  icon: 'twelvelabs-metadata.svg',
  sections: [
    {
      name: 'asset',
      open: true,
      fields: [
        assetId,
        {
          name: 'action',
          kind: 'choice',
          icon: 'pencil-square-o',
          options: ['merge', 'replace', 'delete'],
        },
        { name: 'metadata', kind: 'json', icon: 'tags' },
      ],
    },
    limitsSection,
    messageSection,
  ],
};

const deleteAsset: Page = {
  type: 'twelvelabs-delete-asset',
  icon: 'twelvelabs-delete.svg',
  sections: [
    { name: 'asset', open: true, fields: [assetId, { name: 'force', kind: 'flag', icon: 'warning' }] },
    limitsSection,
    messageSection,
  ],
};

/** The pages of all nodes; the config node, which is like no other, has its page beside this folder. */
export const pages: readonly Page[] = [
  createAsset,
  getAsset,
  listAssets,
  waitUntilReady,
  updateMetadata,
  deleteAsset,
];
