import { read } from '../http/answer.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest, requireId } from '../http/requests.ts';
import { type Asset, asset } from '../model/asset.ts';

/** `GET /assets/{asset_id}` */
export async function retrieveAsset(context: CallContext, assetId: string): Promise<Asset> {
  requireId('asset_id', assetId);
  const request = apiRequest(context, 'GET', ['assets', assetId]);
  return read(asset, request, await call(context, request));
}
