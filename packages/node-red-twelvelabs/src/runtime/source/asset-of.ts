import type { MediaKind } from '@twelvelabs-nodes/core';
import { defined, type OperationContext } from '../operation.ts';
import { creating } from './creating.ts';
import { keyAt, type Media } from './media.ts';
import { sizeOf } from './source-of.ts';

/**
 * The asset that media are, or become on the way to something else: then it is ready.
 * @param kinds what the operation takes; left out for all
 * @param place of several media that share a create-once key
 * @returns its ID
 */
export async function assetOf(
  context: OperationContext,
  media: Media,
  kinds?: readonly MediaKind[],
  place = 1,
): Promise<string> {
  if ('asset_id' in media) return media.asset_id;
  const { source } = media;
  const { core, client, values, options, inTurn } = context;
  const { filename, checkContent, checkUrl, maxWait } = values;
  const once = keyAt(place, values.once);
  const create = (release: () => void) =>
    client.call(
      core.createAsset,
      { ...source, ...defined({ filename }) },
      {
        ...options,
        ...defined({ checkContent, checkUrl, kinds, once }),
        ...creating(context, source, release),
        waitUntilReady: defined({ maxWait }),
      },
    );
  return (await inTurn(create, sizeOf(source)))._id;
}
