import { z } from 'zod/v4';
import { listOf } from '../validation/list-of.ts';
import { pageInfo } from '../validation/page-info.ts';
import { id, openEnum } from '../validation/rules.ts';

/**
 * An asset as the platform sent it: unknown fields and unknown enum values pass through untouched, and so does `null`
 * in the place of a field that is absent.
 * Source: "Create an asset" and the published description of `AssetDetail`.
 */
export const asset = z.looseObject({
  _id: id,
  method: openEnum('direct', 'url', 'multipart').nullish(),
  status: openEnum('processing', 'ready', 'failed').nullish(),
  filename: z.string().nullish(),
  /** Media type. */
  file_type: z.string().nullish(),
  /** Bytes; absent while processing. */
  size: z.number().nullish(),
  /** Seconds; absent while processing, and always for images. */
  duration: z.number().nullish(),
  /** RFC 3339. */
  created_at: z.string().nullish(),
  user_metadata: z.record(z.string(), z.unknown()).nullish(),
  hls: z
    .looseObject({
      status: openEnum('pending', 'processing', 'ready', 'error').nullish(),
      manifest_url: z.string().nullish(),
    })
    .nullish(),
  thumbnail: z
    .looseObject({
      status: openEnum('pending', 'processing', 'ready', 'error').nullish(),
      representative_url: z.string().nullish(),
    })
    .nullish(),
  technical_metadata: z.record(z.string(), z.unknown()).nullish(),
  error: z.looseObject({ message: z.string().nullish() }).nullish(),
});

/** An asset as the platform sent it: more fields than these, and other values, pass through untouched. */
export interface Asset extends z.output<typeof asset> {}

/** One page of assets, newest first. */
export const assetPage = z.lazy(() =>
  z.looseObject({
    data: listOf(asset),
    page_info: pageInfo,
  }),
);

/** One page of assets, newest first. */
export interface AssetPage extends z.output<typeof assetPage> {}
