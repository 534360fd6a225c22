import { assetId, limitsSection, messageSection, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const waitUntilReadySettings = {
  type: 'twelvelabs-wait-until-ready',
  palette: 'wait until ready',
  sign: { title: 'a clock', path: 'M38 39a7 7 0 1 1-14 0 7 7 0 0 1 14 0M31 35v4l3 2' },
  ports: { in: 'asset ID', out: 'ready asset' },
  sections: {
    asset: {
      title: 'Asset',
      open: true,
      settings: {
        assetId,
        ...waiting,
        interval: {
          kind: 'seconds',
          field: 'interval',
          icon: 'refresh',
          label: 'Initial interval (s)',
          hint: 'Seconds between the first and the second check. Later pauses are longer.',
          placeholder: '1',
        },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
