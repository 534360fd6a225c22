import { assetId, limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const deleteAssetSettings = {
  type: 'twelvelabs-delete-asset',
  palette: 'delete asset',
  sign: { title: 'a cross', path: 'M27 36l9 9M36 36l-9 9' },
  ports: { in: 'asset ID', out: 'deleted ID' },
  sections: {
    asset: {
      title: 'Asset',
      open: true,
      settings: {
        assetId,
        force: {
          kind: 'flag',
          field: 'force',
          icon: 'warning',
          label: 'Even if indexed',
          hint: 'Delete the asset also when an index still uses it. Otherwise such an asset is refused with the code conflict.',
        },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
