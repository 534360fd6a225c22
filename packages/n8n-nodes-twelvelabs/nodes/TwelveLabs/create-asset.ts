import { type Asset, createAsset, retrieveAsset, waitUntilReady } from '@twelvelabs-nodes/core';
import type { BinaryFile } from '../host/file-source';
import type { Call } from './form/operation';

interface Wanted {
  /** Parameters of "Create an asset", by the API's names. */
  readonly params: { readonly file?: BinaryFile | undefined; readonly [name: string]: unknown };
  readonly options?: Readonly<Record<string, unknown>>;
  /** How to wait until the asset is ready; without it, nobody waits. */
  readonly waiting?: object | undefined;
}

/** Creates an asset for an item, or returns the one that an earlier try of this execution created for an equal request. */
export async function createOnce(call: Call, { params, options = {}, waiting }: Wanted): Promise<Asset> {
  const { file } = params;
  const wait = waiting ? { ...waiting, onStatus: call.onStatus } : undefined;
  const request = JSON.stringify([{ ...params, file: file?.identity }, options]);
  const asset_id = call.earlier(request);
  if (asset_id && wait) return call.core(waitUntilReady, { params: { asset_id }, options: wait });
  if (asset_id) return call.core(retrieveAsset, { params: { asset_id }, options: {} });
  return call.core(createAsset, {
    params,
    bytes: file?.size,
    options: {
      ...options,
      onNote: (note: string) => call.hint(note, 'warning'),
      onProgress: call.onProgress,
      onAsset: (asset: Asset) => call.onCreated(request, asset),
      waitUntilReady: wait,
    },
  });
}
