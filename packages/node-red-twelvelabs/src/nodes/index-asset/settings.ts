import { limitsSection, messageSection, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';
import { createAssetSettings } from '../create-asset/settings.ts';

const { asset, upload } = createAssetSettings.sections;

export const indexAssetSettings = {
  type: 'twelvelabs-index-asset',
  palette: 'index asset',
  ports: { in: 'asset or file', out: 'indexed asset' },
  sections: {
    index: {
      title: 'Index',
      open: true,
      settings: {
        source: {
          kind: 'source',
          field: 'file',
          icon: 'film',
          label: 'Asset',
          hint: 'What to index: an asset or its ID, a file as "create asset" takes it, or a URL. The node creates an asset from a file or a URL.',
        },
        index: {
          kind: 'text',
          field: 'index_name',
          icon: 'database',
          label: 'Index',
          hint: 'The name of the index, which is created if there is none of this name, or the ID of an index.',
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
    file: {
      title: 'File',
      settings: {
        filename: asset.settings.filename,
        mediaType: asset.settings.mediaType,
        checkContent: upload.settings.checkContent,
        paths: upload.settings.paths,
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
