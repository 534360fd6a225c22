import type { z } from 'zod/v4';
import { jsonBody } from '../http/bodies/json.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest } from '../http/requests.ts';
import { type AssetParams, assetParams } from '../validation/id.ts';
import { userMetadata, userMetadataUpdate } from './user-metadata.ts';

export const updateMetadataParams = assetParams.extend({ user_metadata: userMetadataUpdate });
export const replaceMetadataParams = assetParams.extend({ user_metadata: userMetadata });

const path = (assetId: string) => ['assets', assetId, 'user-metadata'];

/** `PATCH /assets/{asset_id}/user-metadata` */
export async function updateUserMetadata(
  context: CallContext,
  { asset_id, ...body }: z.infer<typeof updateMetadataParams>,
): Promise<void> {
  await call(context, apiRequest(context, 'PATCH', path(asset_id), { body: jsonBody(body) }));
}

/** `PUT /assets/{asset_id}/user-metadata` */
export async function replaceUserMetadata(
  context: CallContext,
  { asset_id, ...body }: z.infer<typeof replaceMetadataParams>,
): Promise<void> {
  await call(context, apiRequest(context, 'PUT', path(asset_id), { body: jsonBody(body) }));
}

/** `DELETE /assets/{asset_id}/user-metadata` */
export async function deleteUserMetadata(context: CallContext, { asset_id }: AssetParams): Promise<void> {
  await call(context, apiRequest(context, 'DELETE', path(asset_id)));
}
