import type { Asset, CreateAssetParams } from '@twelvelabs-nodes/core';
import { assetStatus, type OperationContext, type Outcome } from '../runtime/operation.ts';
import { operationNode } from '../runtime/register.ts';
import { anything, flag, text } from '../runtime/settings.ts';
import { sourceParams } from '../runtime/sources.ts';

/** Creates an asset from whatever the message holds: a Buffer, a path, a stream, an uploaded file or a URL. */
export default operationNode({
  type: 'twelvelabs-create-asset',
  queued: true,
  settings: {
    source: anything('file'),
    method: text('method'),
    filename: text('filename'),
    enableHls: flag('enable_hls'),
    enableThumbnail: flag('enable_thumbnail'),
    waitUntilReady: flag('waitUntilReady'),
  },
  run,
});

async function run({
  RED,
  core,
  client,
  msg,
  values,
  options,
  status,
  release,
}: OperationContext): Promise<Outcome> {
  const { fileWorkingDirectory } = RED.settings as { fileWorkingDirectory?: string };
  const source = await sourceParams(values.source, {
    core,
    msg,
    method: values.method ?? 'auto',
    mediaType: undefined,
    workingDirectory: fileWorkingDirectory,
  });
  const params = {
    ...source,
    filename: values.filename,
    enable_hls: values.enableHls,
    enable_thumbnail: values.enableThumbnail,
  };
  const asset: Asset = await client.create(params as CreateAssetParams, {
    ...options,
    waitUntilReady: values.waitUntilReady as boolean | undefined,
    onProgress: ({ sent, total }) => status({ name: 'uploading', sent, total }),
    onAsset: () => {
      // The upload is over: waiting for the platform takes no place from others.
      release();
      status({ name: 'processing' });
    },
  });
  return { value: asset, status: assetStatus(asset) };
}
