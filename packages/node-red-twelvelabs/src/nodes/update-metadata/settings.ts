import { assetId, limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const updateMetadataSettings = {
  type: 'twelvelabs-update-metadata',
  palette: 'update metadata',
  sign: { title: 'a tag', path: 'M23.5 33h7l7 7-6 6.5-8-7.5zM27 36.5h.1' },
  ports: { in: 'asset ID', out: 'asset' },
  sections: {
    asset: {
      title: 'Asset',
      open: true,
      settings: {
        assetId,
        action: {
          kind: 'choice',
          icon: 'pencil-square-o',
          label: 'Action',
          hint: 'Merge adds and changes keys, and removes those whose value is null. Replace keeps only the given keys. Clear removes all keys.',
          options: { merge: 'merge keys in', replace: 'replace all', delete: 'clear' },
        },
        metadata: {
          kind: 'json',
          field: 'user_metadata',
          when: { setting: 'action', is: ['merge', 'replace'] },
          icon: 'tags',
          label: 'Metadata',
          hint: 'Keys and values: text, numbers, true or false.',
        },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
