import { isId } from '../named.ts';
import { defined, type OperationContext } from '../operation.ts';
import { creating } from './creating.ts';
import { sizeOf, sourceOf } from './source-of.ts';
import type { SourceParams } from './source-params.ts';

/** The ID in a value that is an asset, as the other nodes return it, or an ID. */
export function assetIdIn(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { _id?: unknown })._id : value;
  return typeof id === 'string' && isId(id) ? id.trim() : undefined;
}

/** The asset that the source of a node is or becomes. @returns its ID */
export async function assetOf(context: OperationContext): Promise<string> {
  return assetIdIn(context.values.source) ?? (await readyAssetOf(context, await sourceOf(context)));
}

/** Creates an asset on the way to something else, and waits until it is ready. @returns its ID */
export async function readyAssetOf(context: OperationContext, source: SourceParams): Promise<string> {
  const { core, client, values, options, inTurn } = context;
  const { filename, checkContent, maxWait } = values;
  const create = (release: () => void) =>
    client.call(
      core.createAsset,
      { ...source, ...defined({ filename }) },
      {
        ...options,
        ...defined({ checkContent }),
        ...creating(context, source, release),
        waitUntilReady: defined({ maxWait }),
      },
    );
  return (await inTurn(create, sizeOf(source)))._id;
}
