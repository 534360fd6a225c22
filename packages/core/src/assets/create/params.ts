import { z } from 'zod/v4';
import { fileSource } from '../../validation/file-source.ts';
import { mediaUrl } from '../../validation/media-url.ts';
import { alongside, flag } from '../../validation/rules.ts';
import { lengthOf } from '../../validation/shape.ts';
import { LONE_SURROGATE, text, trimmed } from '../../validation/text.ts';
import { ownMetadata } from '../own-metadata.ts';
import { isFileName } from './file-name.ts';

/** Control characters (C0, DEL, C1) would split or corrupt a part's header, and no file system's user means them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

const MAX_FILENAME = 255;

/** 1 to 255 characters, counted as Unicode code points. Source: "Create an asset". */
export const filename = text()
  .transform(trimmed)
  .superRefine((text, context) => {
    const problem = (rule: string, message: string) =>
      context.addIssue({ code: 'custom', message, params: { rule } });
    const length = lengthOf(text);
    if (length < 1 || length > MAX_FILENAME) problem('length', 'must have 1 to 255 characters');
    else if (!isFileName(text)) problem('name', 'must be a name: not blank, and neither "." nor ".."');
    else if (CONTROL.test(text))
      problem('characters', 'must not contain line breaks or other control characters');
    if (LONE_SURROGATE.test(text))
      problem('characters', 'must be well-formed Unicode (it contains half a character)');
  });

type Sources = { method?: unknown; file?: unknown; url?: unknown };

/** The parameters of "Create an asset", by the API's names. */
export const createAssetParams = z
  .strictObject({
    method: z.enum(['direct', 'url'], { error: 'must be "direct" (a file) or "url" (a public URL)' }),
    file: fileSource.optional(),
    url: mediaUrl.optional(),
    filename: filename.optional(),
    enable_hls: flag.optional(),
    enable_thumbnail: flag.optional(),
    user_metadata: ownMetadata.optional(),
  })
  .refine(
    (p: Sources) => p.method !== 'direct' || p.file !== undefined,
    alongside('required', 'is required when method is "direct"', 'file'),
  )
  .refine(
    (p: Sources) => p.method !== 'direct' || p.url === undefined,
    alongside('method', 'must be left out when method is "direct"', 'url'),
  )
  .refine(
    (p: Sources) => p.method !== 'url' || p.url !== undefined,
    alongside('required', 'is required when method is "url"', 'url'),
  )
  .refine(
    (p: Sources) => p.method !== 'url' || p.file === undefined,
    alongside('method', 'must be left out when method is "url"', 'file'),
  );

/** Parameters of "Create an asset", by the API's names. */
export interface CreateAssetParams extends z.output<typeof createAssetParams> {}
