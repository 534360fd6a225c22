import type { CheckContext } from '../../runtime/operation.ts';
import { sourceOf } from '../../runtime/source/source-of.ts';

export interface Images {
  readonly query_media_url?: readonly unknown[];
  readonly query_media_file?: readonly unknown[];
}

/** The images of a query, one or a list of them: files and URLs. */
export async function imagesOf(context: CheckContext): Promise<Images> {
  const { image } = context.values;
  if (image === undefined || image === '') return {};
  const urls: unknown[] = [];
  const files: unknown[] = [];
  for (const source of Array.isArray(image) ? image : [image]) {
    const found = await sourceOf({ ...context, values: { ...context.values, source } }, false);
    if (found.method === 'url') urls.push(found.url);
    else files.push(found.file);
  }
  return {
    ...(urls.length > 0 ? { query_media_url: urls } : {}),
    ...(files.length > 0 ? { query_media_file: files } : {}),
  };
}
