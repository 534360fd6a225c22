import { assetId, limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const getAssetSettings = {
  type: 'twelvelabs-get-asset',
  palette: 'get asset',
  sign: { title: 'an arrow down', path: 'M31 33v13M26 41l5 5 5-5' },
  ports: { in: 'asset ID', out: 'asset' },
  sections: {
    asset: { title: 'Asset', open: true, settings: { assetId } },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
