import { fileSection, limitsSection, messageSection, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const indexAssetSettings = {
  type: 'twelvelabs-index-asset',
  palette: 'index asset',
  sign: { title: 'drawers', path: 'M25 33.5h12v5H25zM25 42.5h12v5H25z' },
  ports: { in: 'asset or file', out: 'indexed asset' },
  sections: {
    index: {
      title: 'Index',
      open: true,
      settings: {
        source: {
          kind: 'source',
          offers: ['files', 'assets'],
          field: 'file',
          icon: 'film',
          label: 'Asset',
          hint: 'What to index: an asset or its ID, a file as "create asset" takes it, or a URL. The node creates an asset from a file or a URL.',
        },
        index: {
          kind: 'text',
          offers: ['indexes'],
          field: 'index_name',
          icon: 'database',
          label: 'Index',
          hint: 'The name of the index, which is created if there is none of this name, or the ID of an index. As text, type part of a name to choose an index.',
          placeholder: 'my videos',
        },
        transcript: {
          kind: 'flag',
          icon: 'commenting-o',
          label: 'Transcript',
          hint: 'Read what is said in the video into msg.transcript.',
        },
        maxWait: { ...waiting.maxWait, field: 'waitUntilReady.maxWait' },
      },
    },
    file: fileSection,
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
