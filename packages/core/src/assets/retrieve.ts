import { read } from '../http/answer.ts';
import { type CallContext, call } from '../http/call.ts';
import { apiRequest } from '../http/requests.ts';
import type { AssetParams } from '../validation/id.ts';
import { type Asset, asset } from './schema.ts';

/** `GET /assets/{asset_id}` */
export async function retrieveAsset(context: CallContext, { asset_id }: AssetParams): Promise<Asset> {
  const request = apiRequest(context, 'GET', ['assets', asset_id]);
  return read(asset, request, await call(context, request));
}
