import { assetId, limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const getAssetSettings = {
  type: 'twelvelabs-get-asset',
  palette: 'get asset',
  ports: { in: 'asset ID', out: 'asset' },
  sections: {
    asset: { title: 'Asset', open: true, settings: { assetId } },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
