import { errorOf } from '../http/answer.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest, requireId } from '../http/requests.ts';
import { isUnknown } from '../multipart/session-client.ts';
import { requireThat } from '../validation/parse.ts';

/** `DELETE /assets/{asset_id}` */
export async function deleteAsset(
  context: CallContext,
  assetId: string,
  force: boolean | undefined,
): Promise<void> {
  requireId('asset_id', assetId);
  // Any other value that counts as true, such as "false", would delete what is in use.
  const isFlag = force === undefined || typeof force === 'boolean';
  requireThat(isFlag, 'force', 'type', 'must be true or false', force);
  const request = apiRequest(context, 'DELETE', ['assets', assetId], {
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
