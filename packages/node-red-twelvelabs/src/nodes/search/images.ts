import type { CheckContext } from '../../runtime/operation.ts';
import { tooManyIssue } from '../../runtime/source/media.ts';
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
  const all = [image].flat();
  const tooMany = tooManyIssue(context.core, 'query_media_file', all);
  if (tooMany) throw new context.core.ValidationError([tooMany]);
  for (const source of all) {
    const found = await sourceOf({ ...context, values: { ...context.values, source } }, false);
    if (found.method === 'url') urls.push(found.url);
    else files.push(found.file);
  }
  return {
    ...(urls.length > 0 ? { query_media_url: urls } : {}),
    ...(files.length > 0 ? { query_media_file: files } : {}),
  };
}
