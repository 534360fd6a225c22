import { ApiError } from '../errors/api-error.ts';
import type { CallContext } from '../http/call.ts';
import { findSoon, orFind } from '../http/lost-answer.ts';
import { operation } from '../http/operation.ts';
import { type Paging, pages } from '../http/pages.ts';
import { requestOptions } from '../http/request-options.ts';
import { listIndexes, postIndex } from './endpoints.ts';
import { type CreateIndexParams, createIndexParams } from './params.ts';
import type { Index } from './schema.ts';

/** Names of indexes are unique: when the answer is lost, the index of this name is the one that was created. */
const create = (
  context: CallContext,
  params: CreateIndexParams & { models: NonNullable<CreateIndexParams['models']> },
) =>
  orFind(
    context,
    () => postIndex.send(context, params),
    () => findIndex(context, params.index_name),
  );

/** Creates an index. */
export const createIndex = operation(createIndexParams, requestOptions, create);

/** Finds the index of a name, or creates one. */
export const getOrCreateIndex = operation(createIndexParams, requestOptions, async (context, params) => {
  const existing = await findIndex(context, params.index_name);
  if (existing) return existing;
  try {
    return await create(context, params);
  } catch (error) {
    if (!isTaken(error)) throw error;
    // Somebody else created it since, and the list may lag behind.
    const created = await findSoon(context, () => findIndex(context, params.index_name));
    if (created === undefined) throw error;
    return created;
  }
});

/** By the code that the platform documents, or by the status that other APIs answer in its place. */
function isTaken(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 409 || error.apiCode === 'index_name_already_exists');
}

/** The index that has exactly this name: the platform's filter may find others as well. */
async function findIndex(context: CallContext, index_name: string): Promise<Index | undefined> {
  const read = (paging: Required<Paging>) => listIndexes.send(context, { index_name, ...paging });
  for await (const indexes of pages(read, { key: ({ _id }) => _id })) {
    const found = indexes.find((each) => each.index_name === index_name);
    if (found) return found;
  }
  return undefined;
}
