import { z } from 'zod/v4';
import { invalid, missing, PlatformError, unknownParameter } from '../errors.ts';
import { pagingQuery } from '../http/paging.ts';
import { booleanText, mediaUrl, validate } from '../http/validate.ts';
import type { FormPart } from '../journal/journal.ts';

const option = z.enum(['visual', 'audio', 'transcription']);

/** Parameters that may be given several times. */
const lists = new Set(['search_options', 'transcription_options', 'query_media_url', 'query_media_file']);

/** Tokens of a query, of about four characters. Source: "Make a search request", `query_text`. */
const maxQueryLength = 500 * 4;

const tooManyImages = 'may be given 10 times at most';

const searchForm = z.strictObject({
  index_id: z.string(),
  search_options: z.array(option).min(1, 'must be given at least once'),
  query_text: z.string().min(1, 'must not be empty').max(maxQueryLength, 'may have 500 tokens').optional(),
  query_media_type: z.literal('image', 'must be image').optional(),
  query_media_url: z.array(mediaUrl).max(10, tooManyImages).default([]),
  query_media_file: z.array(z.string()).max(10, tooManyImages).default([]),
  transcription_options: z.array(z.enum(['lexical', 'semantic'])).optional(),
  group_by: z.enum(['clip', 'video']).default('clip'),
  operator: z.enum(['or', 'and']).default('or'),
  page_limit: pagingQuery.page_limit,
  filter: z.string().optional(),
  include_user_metadata: booleanText.default(false),
});

export type SearchRequest = Omit<z.output<typeof searchForm>, 'filter'> & { readonly filter: Filter };

const range = z.strictObject({ gte: z.number().optional(), lte: z.number().optional() });
const filterSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), range]),
);
export type Filter = z.output<typeof filterSchema>;

/**
 * Reads the form of a search.
 *
 * @throws {PlatformError} 400 naming what is wrong.
 */
export function searchRequest(parts: readonly FormPart[]): SearchRequest {
  // Without a prototype: a part may be called "constructor" or "__proto__".
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const part of parts) {
    const { name } = part;
    if ('value' in part === (name === 'query_media_file')) throw wrongSort(part);
    if ('size' in part && part.size === 0) throw invalid(name, 'The file is empty.');
    const value = 'value' in part ? part.value : (part.filename ?? 'image');
    if (lists.has(name)) fields[name] = [...(fields[name] ?? []), value];
    else if (name in fields) throw invalid(name, 'It is there more than once.');
    else fields[name] = value;
  }
  const { filter, ...form } = validate(searchForm, fields);
  const images = form.query_media_url.length + form.query_media_file.length;
  const isImageQuery = form.query_media_type !== undefined;
  if (images > 0 && !isImageQuery) throw missing('query_media_type', 'a query with images needs it');
  if (images === 0 && isImageQuery) throw missing('query_media_url', 'or query_media_file');
  if (images > 10) throw invalid('query_media_file', 'There may be 10 images in all.');
  if (images === 0 && form.query_text === undefined) throw missing('query_text', 'or images');
  return { ...form, filter: readFilter(filter) };
}

function wrongSort(part: FormPart): PlatformError {
  return 'value' in part ? invalid(part.name, 'It has to be a file.') : unknownParameter(part.name);
}

function readFilter(text: string | undefined): Filter {
  if (text === undefined) return {};
  try {
    return filterSchema.parse(JSON.parse(text));
  } catch {
    throw new PlatformError(
      400,
      'search_filter_invalid',
      'The filter is invalid: it has to be a JSON object of fields and values, or of fields with gte and lte.',
    );
  }
}
