import { limitsSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const assetEventsSettings = {
  type: 'twelvelabs-asset-events',
  palette: 'asset events',
  sign: { title: 'a bell', path: 'M24 43h14c-2-2-2-4-2-6a5 5 0 0 0-10 0c0 2 0 4-2 6M30 47h2' },
  ports: { out: 'asset' },
  button: true,
  sections: {
    events: {
      title: 'Events',
      open: true,
      settings: {
        events: {
          kind: 'choices',
          icon: 'bell-o',
          label: 'Events',
          hint: 'Which events send a message. Each event of an asset sends one message.',
          options: { created: 'created', ready: 'ready', failed: 'failed' },
          value: 'created,ready,failed',
        },
        interval: {
          kind: 'seconds',
          icon: 'refresh',
          label: 'Check every (s)',
          hint: 'Seconds between two checks of the account, 1 at least.',
          placeholder: '60',
        },
      },
    },
    filter: {
      title: 'Filter',
      open: true,
      settings: {
        kinds: {
          kind: 'choices',
          icon: 'film',
          label: 'Kinds',
          hint: 'Report assets of these kinds only.',
          options: { video: 'video', audio: 'audio', image: 'image' },
          placeholder: 'all',
        },
        filename: {
          kind: 'text',
          icon: 'file-o',
          label: 'File name contains',
          hint: 'Report only assets with this text in their file name. With another text, the node starts again and skips the assets that exist.',
          placeholder: 'any',
        },
        metadata: {
          kind: 'json',
          icon: 'tags',
          label: 'Metadata',
          hint: 'Report only assets whose metadata has these keys with these values.',
        },
      },
    },
    limits: limitsSection,
  },
} as const satisfies NodeSettings;
