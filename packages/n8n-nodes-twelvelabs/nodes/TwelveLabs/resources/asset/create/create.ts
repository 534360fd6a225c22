import { createAsset } from '@twelvelabs-nodes/core';
import { joined } from '../../../fields/metadata';
import { shown } from '../../../fields/simplify';
import { intendedFor, judged } from '../../../fields/use-cases';
import type { Operation } from '../../../form/operation';
import { form, json, pairs, wait } from './fields';
import { inputFile } from './input-file';

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create an asset',
  description: 'Upload a video, audio or image file, or have a public URL downloaded',
  form,
  async run(call) {
    const { waitUntilReady = {}, ...options } = call.form.options;
    const waits = call.form.get(wait) || (call.form.get(intendedFor) ?? []).length > 0;
    const file = 'file' in call.form.params ? await inputFile(call, call.form.params.file) : undefined;
    const metadata = joined(call.form.get(json), call.form.get(pairs));
    const params = {
      ...call.form.params,
      file,
      ...(metadata === undefined ? {} : { user_metadata: metadata }),
    };
    try {
      const asset = await call.core(createAsset, params, {
        ...options,
        onProgress: call.onProgress,
        ...(waits ? { waitUntilReady } : {}),
      });
      return [shown(call, judged(call, asset))];
    } finally {
      file?.close();
    }
  },
};
