import type { SearchItem, ValidationIssue } from '@twelvelabs-nodes/core';
import { asName, idOf, idToCheck, takingNames } from '../../runtime/named.ts';
import {
  type CheckContext,
  defined,
  done,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { issuesOf } from '../../runtime/problems.ts';
import { operationNode } from '../../runtime/register.ts';
import { type Images, imagesOf } from './images.ts';
import { searchSettings } from './settings.ts';

/** Searches the videos of an index by a text, by images, or by both. */
export default operationNode({ settings: searchSettings, check, run });

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  return (await checked(context)).issues;
}

/** The images of a query, and every problem with it. */
async function checked(
  context: CheckContext,
): Promise<{ images: Images; issues: readonly ValidationIssue[] }> {
  const { core, values, origins } = context;
  const origin = origins.get('query_media_file');
  for (const field of ['file', 'query_media_url']) if (origin) origins.set(field, origin);
  const unusable: ValidationIssue[] = [];
  const images = await imagesOf(context).catch((error: unknown) => {
    unusable.push(...issuesOf(core, error));
    // An image that cannot be used is one problem; that there is no query would be another.
    return { query_media_url: ['https://example.com/later.jpg'] };
  });
  const params = paramsOf(context, idToCheck(values.index), images);
  const issues = await context.check(core.searchAll, params, optionsOf(context));
  return { images, issues: [...unusable, ...takingNames(issues, 'index_id', 'an index')] };
}

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, inTurn } = context;
  const { images, issues } = await checked(context);
  if (issues.length > 0) throw new core.ValidationError(issues);
  const clips: SearchItem[] = [];
  await inTurn(async () => {
    const index_id = await idOf(context, values.index, {
      kind: 'index',
      field: 'index_id',
      list: core.listAllIndexes,
      params: { index_name: asName(values.index) },
      nameOf: ({ index_name }) => index_name,
    });
    const params = paramsOf(context, index_id, images);
    for await (const clip of client.iterate(core.searchAll, params, optionsOf(context))) clips.push(clip);
  });
  return {
    value: clips,
    ...(values.split === true ? { sequence: clips } : {}),
    status: done('found', { count: clips.length }),
  };
}

function paramsOf({ values }: CheckContext, index_id: unknown, images: Images): Record<string, unknown> {
  const { query, searchIn = ['visual', 'audio'], limit, groupBy, filter } = values;
  return {
    index_id,
    search_options: searchIn,
    ...images,
    ...defined({ query_text: query, limit, group_by: groupBy, filter: unlessEmpty(filter) }),
  };
}

function optionsOf({ values, options }: CheckContext): Record<string, unknown> {
  return { ...options, ...defined({ withAssets: values.withAssets, checkUrl: values.checkUrl }) };
}
