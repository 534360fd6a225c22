import { z } from 'zod/v4';
import { errorOf } from '../http/answer.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest } from '../http/requests.ts';
import { assetParams } from '../validation/id.ts';
import { isUnknown } from './multipart/session.ts';

export const deleteParams = assetParams.extend({
  // Any other value that counts as true, such as "false", would delete what is in use.
  force: z.boolean({ error: 'must be true or false' }).optional(),
});

/** `DELETE /assets/{asset_id}` */
export async function deleteAsset(
  context: CallContext,
  { asset_id, force }: z.infer<typeof deleteParams>,
): Promise<void> {
  const request = apiRequest(context, 'DELETE', ['assets', asset_id], {
    query: { force: force || undefined },
  });
  // After an attempt whose answer was lost, "does not exist" is what success looks like.
  const response = await call(
    context,
    request,
    (status, triedBefore) => triedBefore && (status === 400 || status === 404),
  );
  const error = errorOf(request, response, context.clock.now());
  if (error && !isUnknown(error)) throw error;
}
