import { z } from 'zod/v4';
import { type CallContext, call } from '../http/call.ts';
import { jsonBody } from '../http/json-body.ts';
import { apiRequest, requireId } from '../http/requests.ts';
import {
  type UserMetadata,
  type UserMetadataUpdate,
  userMetadata,
  userMetadataUpdate,
} from '../schemas/user-metadata.ts';
import { parse } from '../validation/parse.ts';

const path = (assetId: string) => ['assets', assetId, 'user-metadata'];

/** `PATCH /assets/{asset_id}/user-metadata` */
export async function updateUserMetadata(
  context: CallContext,
  assetId: string,
  metadata: UserMetadataUpdate,
): Promise<void> {
  requireId('asset_id', assetId);
  const body = parse(z.object({ user_metadata: userMetadataUpdate }), { user_metadata: metadata }, 'params');
  await call(context, apiRequest(context, 'PATCH', path(assetId), { body: jsonBody(body) }));
}

/** `PUT /assets/{asset_id}/user-metadata` */
export async function replaceUserMetadata(
  context: CallContext,
  assetId: string,
  metadata: UserMetadata,
): Promise<void> {
  requireId('asset_id', assetId);
  const body = parse(z.object({ user_metadata: userMetadata }), { user_metadata: metadata }, 'params');
  await call(context, apiRequest(context, 'PUT', path(assetId), { body: jsonBody(body) }));
}

/** `DELETE /assets/{asset_id}/user-metadata` */
export async function deleteUserMetadata(context: CallContext, assetId: string): Promise<void> {
  requireId('asset_id', assetId);
  await call(context, apiRequest(context, 'DELETE', path(assetId)));
}
