import { limits, maxWait, messageSection, type Page, waitFor } from './page.ts';

export const createAsset: Page = {
  type: 'twelvelabs-create-asset',
  icon: 'twelvelabs-create.svg',
  sections: [
    {
      name: 'source',
      open: true,
      fields: [
        { name: 'source', kind: 'source', icon: 'film' },
        { name: 'method', kind: 'choice', icon: 'exchange', options: ['auto', 'direct', 'url'] },
      ],
    },
    {
      name: 'asset',
      fields: [
        { name: 'filename', kind: 'text', icon: 'file-o' },
        { name: 'mediaType', kind: 'text', icon: 'file-video-o' },
        { name: 'enableHls', kind: 'flag', icon: 'play-circle-o' },
        { name: 'enableThumbnail', kind: 'flag', icon: 'picture-o' },
        { name: 'metadata', kind: 'json', icon: 'tags' },
        { name: 'once', kind: 'text', icon: 'check-square-o' },
      ],
    },
    {
      name: 'ready',
      fields: [
        { name: 'waitUntilReady', kind: 'flag', icon: 'hourglass-half' },
        waitFor,
        maxWait,
        {
          name: 'intendedFor',
          kind: 'choices',
          icon: 'bullseye',
          options: ['search', 'analysis', 'entity_search', 'embeddings'],
        },
      ],
    },
    {
      name: 'upload',
      fields: [
        { name: 'upload', kind: 'choice', icon: 'upload', options: ['auto', 'direct', 'multipart'] },
        { name: 'concurrency', kind: 'number', icon: 'random' },
        { name: 'checkSize', kind: 'flag', icon: 'balance-scale', value: 'true' },
        ...limits,
      ],
    },
    messageSection,
  ],
};
