import { z } from 'zod/v4';
import { base64Text } from '../files/base64-text.ts';
import { mediaUrl } from '../validation/media-url.ts';
import { idParam, name } from '../validation/rules.ts';

/** Source: the published API description of `prompt_v2`. */
const MAX_IMAGES = 4;

/** A reference image, which the text names as `<@name>`. */
const referenceImage = z.lazy(() =>
  z
    .strictObject({
      name: name('must be the name of the image'),
      media_type: z.literal('image', { error: 'must be "image"' }).default('image'),
      url: mediaUrl.optional(),
      asset_id: idParam.optional(),
      base64_string: base64Text.optional(),
    })
    .refine(
      ({ url, asset_id, base64_string }) =>
        [url, asset_id, base64_string].filter((source) => source !== undefined).length === 1,
      { error: 'must have exactly one of url, asset_id and base64_string', params: { rule: 'source' } },
    ),
);

export const images = z.lazy(() =>
  z
    .array(referenceImage, { error: 'must be an array of images' })
    .max(MAX_IMAGES, { error: `must have at most ${MAX_IMAGES} images` }),
);

/** A question with reference images. */
export const promptWithImages = z.lazy(() =>
  z
    .strictObject({ input_text: name('must be the question'), media_sources: images.optional() })
    .superRefine(({ input_text, media_sources = [] }, context) => {
      const names = new Set(media_sources.map((image) => image.name));
      for (const [mention, image = ''] of input_text.matchAll(/<@([^<>]+)>/g)) {
        if (!names.has(image)) {
          const message = `names ${mention}, but no image of media_sources has this name`;
          context.addIssue({ code: 'custom', path: ['input_text'], message, params: { rule: 'reference' } });
        }
      }
    }),
);
