import { type CallContext, call } from '../http/call.ts';
import { jsonBody } from '../http/json-body.ts';
import { apiRequest, requireId } from '../http/requests.ts';
import { parse } from '../schemas/parse.ts';
import {
  type UserMetadata,
  type UserMetadataUpdate,
  userMetadata,
  userMetadataUpdate,
} from '../schemas/user-metadata.ts';

const path = (assetId: string) => ['assets', assetId, 'user-metadata'];

/** `PATCH /assets/{asset_id}/user-metadata` */
export async function updateUserMetadata(
  context: CallContext,
  assetId: string,
  metadata: UserMetadataUpdate,
): Promise<void> {
  requireId('asset_id', assetId);
  const user_metadata = parse(userMetadataUpdate, metadata, 'user_metadata');
  await call(context, apiRequest(context, 'PATCH', path(assetId), { body: jsonBody({ user_metadata }) }));
}

/** `PUT /assets/{asset_id}/user-metadata` */
export async function replaceUserMetadata(
  context: CallContext,
  assetId: string,
  metadata: UserMetadata,
): Promise<void> {
  requireId('asset_id', assetId);
  const user_metadata = parse(userMetadata, metadata, 'user_metadata');
  await call(context, apiRequest(context, 'PUT', path(assetId), { body: jsonBody({ user_metadata }) }));
}

/** `DELETE /assets/{asset_id}/user-metadata` */
export async function deleteUserMetadata(context: CallContext, assetId: string): Promise<void> {
  requireId('asset_id', assetId);
  await call(context, apiRequest(context, 'DELETE', path(assetId)));
}
