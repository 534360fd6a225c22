import { type Asset, createAsset, retrieveAsset, waitUntilReady } from '@twelvelabs-nodes/core';
import type { BinaryFile } from '../../../../host/file-source';
import { inputFile } from '../../../fields/input-file';
import { joined } from '../../../fields/metadata';
import { shown } from '../../../fields/simplify';
import { intendedFor, judged } from '../../../fields/use-cases';
import type { Call, Operation } from '../../../form/operation';
import { form, json, pairs, wait } from './fields';

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create an asset',
  description: 'Upload a video, audio or image file, or have a public URL downloaded',
  form,
  async run(call) {
    const file = 'file' in call.form.params ? await inputFile(call, call.form.params.file) : undefined;
    try {
      return [shown(call, judged(call, await assetOf(call, file)))];
    } finally {
      file?.close();
    }
  },
};

async function assetOf(call: Call, file: BinaryFile | undefined): Promise<Asset> {
  const { waitUntilReady: limits, ...options } = call.form.options;
  const waits = call.form.get(wait) || (call.form.get(intendedFor) ?? []).length > 0;
  const waiting = waits ? { ...(limits as object), onStatus: call.onStatus } : undefined;
  const metadata = joined(call.form.get(json), call.form.get(pairs));
  const params = {
    ...call.form.params,
    file,
    ...(metadata === undefined ? {} : { user_metadata: metadata }),
  };
  const request = JSON.stringify([{ ...params, file: file?.identity }, options]);
  const asset_id = call.earlier(request);
  if (asset_id && waiting) return call.core(waitUntilReady, { params: { asset_id }, options: waiting });
  if (asset_id) return call.core(retrieveAsset, { params: { asset_id }, options: {} });
  return call.core(createAsset, {
    params,
    bytes: file?.size,
    options: {
      ...options,
      onNote: (note: string) => call.hint(note, 'warning'),
      onProgress: call.onProgress,
      onAsset: (asset: Asset) => call.onCreated(request, asset),
      waitUntilReady: waiting,
    },
  });
}
