import { z } from 'zod/v4';
import { id } from './id.ts';
import { listOf } from './list-of.ts';

/** Known values for editors, any other value as it came: enumerations of the platform grow. */
const open = <const T extends string>(..._known: T[]) =>
  z.string() as unknown as z.ZodType<T | (string & {})>;

/**
 * An asset as the platform sent it: unknown fields and unknown enum values pass through untouched.
 * Source: "Create an asset" and the published description of `AssetDetail`.
 */
export const asset = z.looseObject({
  _id: id,
  method: open('direct', 'url', 'multipart').optional(),
  status: open('processing', 'ready', 'failed').optional(),
  filename: z.string().optional(),
  /** Media type. */
  file_type: z.string().optional(),
  /** Bytes; absent while processing. */
  size: z.number().optional(),
  /** Seconds; absent while processing, and always for images. */
  duration: z.number().optional(),
  /** RFC 3339. */
  created_at: z.string().optional(),
  user_metadata: z.record(z.string(), z.unknown()).optional(),
  hls: z
    .looseObject({
      status: open('pending', 'processing', 'ready', 'error').optional(),
      manifest_url: z.string().optional(),
    })
    .optional(),
  thumbnail: z
    .looseObject({
      status: open('pending', 'processing', 'ready', 'error').optional(),
      representative_url: z.string().optional(),
    })
    .optional(),
  technical_metadata: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ message: z.string() }).optional(),
});

/** An asset as the platform sent it: more fields than these, and other values, pass through untouched. */
export interface Asset extends z.output<typeof asset> {}

/** One page of assets, newest first. */
export const assetPage = z.looseObject({
  data: listOf(asset),
  page_info: z.looseObject({
    page: z.number().optional(),
    limit_per_page: z.number().optional(),
    total_page: z.number().optional(),
    total_results: z.number().optional(),
  }),
});

/** One page of assets, newest first. */
export interface AssetPage extends z.output<typeof assetPage> {}
