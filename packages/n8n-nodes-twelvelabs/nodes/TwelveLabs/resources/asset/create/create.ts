import type { Asset } from '@twelvelabs-nodes/core';
import type { BinaryFile } from '../../../../host/file-source';
import { createOnce } from '../../../create-asset';
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
  const waiting = waits ? { ...(limits as object) } : undefined;
  const user_metadata = joined(call.form.get(json), call.form.get(pairs));
  const params = {
    ...call.form.params,
    file,
    ...(user_metadata === undefined ? {} : { user_metadata }),
  };
  return createOnce(call, { params, options, waiting });
}
