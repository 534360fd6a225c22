import {
  type Asset,
  createAsset,
  retrieveAsset,
  type UploadSession,
  waitUntilReady,
} from '@twelvelabs-nodes/core';
import type { BinaryFile } from '../host/file-source';
import type { Call } from './form/operation';

interface Wanted {
  /** Parameters of "Create an asset", by the API's names. */
  readonly params: { readonly file?: BinaryFile | undefined; readonly [name: string]: unknown };
  readonly options?: Readonly<Record<string, unknown>>;
  /** How to wait until the asset is ready; without it, nobody waits. */
  readonly waiting?: object | undefined;
}

/**
 * Creates an asset for an item. An earlier try of this execution may have created it for an equal request, which is then
 * returned, or have begun its upload, which then goes on.
 */
export async function createOnce(call: Call, { params, options = {}, waiting }: Wanted): Promise<Asset> {
  const { file } = params;
  const { memory } = call;
  const wait = waiting ? { ...waiting, onStatus: call.onStatus } : undefined;
  const request = JSON.stringify([{ ...params, file: file?.identity }, options]);
  const { id: asset_id, session } = memory.found(request) ?? {};
  if (asset_id && !session) {
    if (wait) return call.core(waitUntilReady, { params: { asset_id }, options: wait });
    return call.core(retrieveAsset, { params: { asset_id }, options: {} });
  }
  return call.core(createAsset, {
    params,
    bytes: file?.size,
    options: {
      ...options,
      ...(session ? { resume: session } : {}),
      onNote: (note: string) => call.hint(note, 'warning'),
      onProgress: call.onProgress,
      onSession: (begun: UploadSession) => {
        memory.add(request, { resource: 'asset', id: begun.asset_id, session: begun });
        call.onUpload(begun.asset_id);
      },
      onResume: call.onResume,
      onAsset: (asset: Asset) => {
        memory.add(request, { resource: 'asset', id: asset._id });
        call.onCreated(asset);
      },
      waitUntilReady: wait,
    },
  });
}
