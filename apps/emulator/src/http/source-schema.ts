import { z } from 'zod/v4';
import { mediaUrl } from './validate.ts';

const sources = {
  url: mediaUrl.optional(),
  asset_id: z.string().optional(),
  base64_string: z.string().optional(),
};

const hasOneSource = ({ url, asset_id, base64_string }: z.output<z.ZodObject<typeof sources>>): boolean =>
  [url, asset_id, base64_string].filter((value) => value !== undefined).length === 1;

const oneSource = 'must have exactly one of url, asset_id and base64_string';

/** A file in a request. */
export const fileSource = z.strictObject(sources).refine(hasOneSource, oneSource);

const image = { ...sources, media_type: z.literal('image') };
const name = z.string().min(1, 'must not be empty');

/** An image to which the text of the request may refer by name. */
export const imageSource = z
  .strictObject({ ...image, name: name.optional() })
  .refine(hasOneSource, oneSource);

/** The same where the name is required. */
export const namedImageSource = z.strictObject({ ...image, name }).refine(hasOneSource, oneSource);
