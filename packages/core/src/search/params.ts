import { z } from 'zod/v4';
import type { FileRule } from '../http/check-files.ts';
import { parsedJson } from '../text/parsed-json.ts';
import { fileSource } from '../validation/file-source.ts';
import { mediaUrl } from '../validation/media-url.ts';
import {
  alongside,
  count,
  EMPTY_RANGE,
  flag,
  idParam,
  isAtLeast,
  MAX_PAGE_LIMIT,
  name,
} from '../validation/rules.ts';

/** Source: the published API description of `query_media_url`. */
const MAX_IMAGES = 10;

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item, z.array(item).min(1, { error: 'must not be empty' })], {
    error: 'must be an image, or an array of images',
  });

const option = name('must be a search option, such as "visual"');

/** Source: the published API description of `filter`: JSON as a string. An object can only mean the same. */
const filter = z.lazy(() =>
  z
    // Not a record, which drops a field that is called `__proto__`.
    .union([z.custom<Record<string, unknown>>(isObject), z.string()], {
      error: 'must be an object of fields and values',
    })
    .transform((value, context) => {
      const parsed = typeof value === 'string' ? parsedJson(value) : value;
      if (!isObject(parsed)) {
        const message = 'must be an object of fields and values, or such an object as JSON';
        context.addIssue({ code: 'custom', message, params: { rule: 'json' } });
        return z.NEVER;
      }
      for (const [name, condition] of Object.entries(parsed))
        if (isObject(condition) && !isAtLeast(condition.lte, condition.gte))
          context.addIssue({
            code: 'custom',
            path: [name, 'gte'],
            message: EMPTY_RANGE,
            params: { rule: 'range' },
          });
      return parsed;
    }),
);

/** Also of another realm, as hosts give them; no list, date or map. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === '[object Object]';

const fields = () => ({
  index_id: idParam,
  /** Where to search: `visual`, `audio`, `transcription`. */
  search_options: z
    .array(option, { error: 'must be an array of "visual", "audio" and "transcription"' })
    .min(1, { error: 'must have at least one option' }),
  /** An entity is named in it as `<@entity_id>`: see `mentionOf`. */
  query_text: name('must be a text').optional(),
  /** `image`; follows from an image. */
  query_media_type: z.literal('image', { error: 'must be "image"' }).optional(),
  query_media_url: oneOrMore(mediaUrl).optional(),
  query_media_file: oneOrMore(fileSource).optional(),
  transcription_options: z
    .array(name('must be "lexical" or "semantic"'), { error: 'must be an array of "lexical" and "semantic"' })
    .optional(),
  /** Of several search options. */
  operator: z.enum(['or', 'and'], { error: 'must be "or" or "and"' }).optional(),
  group_by: z.enum(['clip', 'video'], { error: 'must be "clip" or "video"' }).optional(),
  page_limit: count(1, MAX_PAGE_LIMIT).optional(),
  /** Fields of the video or of its metadata: `{ duration: { gte: 60 }, category: 'news' }`. */
  filter: filter.optional(),
  include_user_metadata: flag.optional(),
});

/** Where a query has URLs of media. */
export const SEARCH_LINKS = ['query_media_url', 'query_media_url.*'];

/** Where it has files. */
export const SEARCH_FILES: readonly FileRule[] = ['query_media_file', 'query_media_file.*'].map((path) => ({
  path,
  kinds: ['image'],
}));

interface Query {
  readonly query_text?: unknown;
  readonly query_media_type?: unknown;
  readonly query_media_url?: unknown;
  readonly query_media_file?: unknown;
}

const imagesOf = ({ query_media_url: urls, query_media_file: files }: Query) =>
  [urls, files].flat().filter((image) => image !== undefined);

const complete = <T extends z.ZodType<Query>>(params: T) =>
  params
    .refine(
      (query: Query) => query.query_text !== undefined || imagesOf(query).length > 0,
      alongside('required', 'is required: a text, an image, or both', 'query_text'),
    )
    .refine(
      (query: Query) => imagesOf(query).length <= MAX_IMAGES,
      alongside('count', `must be at most ${MAX_IMAGES} images, files included`, 'query_media_url'),
    )
    .refine(
      (query: Query) => query.query_media_type === undefined || imagesOf(query).length > 0,
      alongside('required', 'goes with an image: query_media_url or query_media_file', 'query_media_type'),
    );

/** The platform needs the type beside an image; it can only be one. */
const withType = <T extends Query>(query: T) =>
  imagesOf(query).length > 0 ? { ...query, query_media_type: 'image' as const } : query;

/** Parameters of a search. Source: the published API description of `POST /search`. */
export const searchParams = z.lazy(() => complete(z.strictObject(fields())).transform(withType));

/** Parameters of a search. */
export interface SearchParams extends z.input<typeof searchParams> {}

export const searchAllParams = z.lazy(() =>
  complete(
    z.strictObject({
      ...fields(),
      /** How many items at most. @default all */
      limit: count(1).optional(),
    }),
  ).transform(withType),
);

/** Parameters of a search through all pages. */
export interface SearchAllParams extends z.input<typeof searchAllParams> {}

export const pageParams = z.lazy(() =>
  z.strictObject({
    page_token: name('must be the next_page_token of a page'),
    include_user_metadata: flag.optional(),
  }),
);

/** An entity in the text of a query: `${mentionOf(id)} on a bike`. */
export function mentionOf(entity_id: string): string {
  return `<@${entity_id}>`;
}
