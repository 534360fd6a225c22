import {
  ANALYSIS_PRESETS,
  type Asset,
  analyze as ask,
  createAsset,
  deleteAsset,
} from '@twelvelabs-nodes/core';
import { inputFile } from '../../fields/input-file';
import type { Call, Operation } from '../../form/operation';
import { deleteAfterwards, form, question, source } from './fields';

export const analyze: Operation = {
  value: 'analyze',
  name: 'Analyze a Video',
  action: 'Analyze a video',
  description: 'Summarize a video, or ask a question about it: from a file, a URL or an asset',
  form,
  async run(call) {
    const { video: chosen = {}, ...asked } = call.form.params;
    delete asked.file;
    const preset = call.form.get(question) ?? 'custom';
    const params = { ...(preset === 'custom' ? {} : ANALYSIS_PRESETS[preset]), ...asked };
    const from = call.form.get(source);
    const given = from === 'file' ? { asset_id: await uploaded(call, params) } : (chosen as object);
    const video = { type: from === 'url' ? 'url' : 'asset_id', ...given };
    const { data, json, ...rest } = await call.core(ask, { params: { video, ...params }, options: {} });
    if (from === 'file' && call.form.get(deleteAfterwards))
      await call.core(deleteAsset, { params: given, options: {} });
    return [{ answer: json ?? data, ...given, ...rest }];
  },
};

/** The id of the asset of the item's file: ready, and created once in an execution. */
async function uploaded(call: Call, question: object): Promise<unknown> {
  const file = await inputFile(call, call.form.params.file);
  try {
    const placeholder = { type: 'asset_id', asset_id: 'not-yet' };
    call.form.issues.push(...(await ask.check({ video: placeholder, ...question }, {})));
    const request = JSON.stringify(['analyze', file?.identity]);
    const earlier = call.earlier(request);
    if (earlier) return earlier;
    const asset = await call.core(createAsset, {
      params: { method: 'direct', file },
      bytes: file?.size,
      options: {
        onNote: (note: string) => call.hint(note, 'warning'),
        onProgress: call.onProgress,
        onAsset: (created: Asset) => call.onCreated(request, created),
        waitUntilReady: { onStatus: call.onStatus },
      },
    });
    return asset._id;
  } finally {
    file?.close();
  }
}
