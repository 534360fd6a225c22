import type { Asset, CreateAssetParams, CreateOptions } from '@twelvelabs-nodes/core';
import { assetStatus, defined, type OperationContext, type Outcome } from '../../runtime/operation.ts';
import { issuesOf } from '../../runtime/problems.ts';
import { operationNode } from '../../runtime/register.ts';
import { sourceParams } from '../../runtime/sources.ts';
import { fitOutcome } from '../../runtime/workflow-fit.ts';
import { createAssetSettings } from './settings.ts';

/** Creates an asset from whatever the message holds: a Buffer, a path, a stream, an uploaded file or a URL. */
export default operationNode({
  settings: createAssetSettings,
  queued: true,
  run,
});

async function run(context: OperationContext): Promise<Outcome> {
  const { RED, core, client, msg, values, origins, status, release } = context;
  const { fileWorkingDirectory } = RED.settings as { fileWorkingDirectory?: string };
  const source = await sourceParams(values.source, {
    core,
    msg,
    method: values.method ?? 'auto',
    mediaType: values.mediaType,
    workingDirectory: fileWorkingDirectory,
  }).catch((error: unknown) => failWithOthers(error, context));
  const origin = origins.get('file');
  if (source.method === 'url' && origin) origins.set('url', origin);

  const useCases = core.parseUseCases(values.intendedFor);
  const asset: Asset = await client.create(
    { ...source, ...paramsOf(context) } as CreateAssetParams,
    {
      ...optionsOf(context),
      onProgress: ({ sent, total }) => status({ name: 'uploading', sent, total }),
      onAsset: () => {
        // The upload is over: waiting for the platform takes no place from others.
        release();
        status({ name: 'processing' });
      },
    } as CreateOptions,
  );
  if (useCases.length === 0) return { value: asset, status: assetStatus(asset) };
  return { value: asset, ...fitOutcome(useCases.map((useCase) => core.checkRequirements(asset, useCase))) };
}

/**
 * A file that cannot be used is known before core looks at the rest: what else is wrong is told with it.
 * @throws always
 */
async function failWithOthers(error: unknown, context: OperationContext): Promise<never> {
  const { core, client, values } = context;
  const own = issuesOf(core, error);
  const method = values.method === undefined || values.method === 'auto' ? 'direct' : values.method;
  const rest = { method, ...paramsOf(context) } as CreateAssetParams;
  const { problems } = await client.plan(rest, optionsOf(context) as CreateOptions);
  const others = problems.filter(({ field }) => field !== 'file');
  throw others.length > 0 ? new core.ValidationError([...own, ...others]) : error;
}

/** The one place where names change from Node-RED's to the API's. */
function paramsOf({ values }: OperationContext): Record<string, unknown> {
  return defined({
    filename: values.filename,
    enable_hls: values.enableHls,
    enable_thumbnail: values.enableThumbnail,
    user_metadata: isEmpty(values.metadata) ? undefined : values.metadata,
  });
}

function optionsOf({ values, options }: OperationContext): Record<string, unknown> {
  const { once, upload, concurrency, checkSize, intendedFor, waitUntilReady, waitFor, maxWait } = values;
  const wait = defined({ waitFor, maxWait });
  // The requirements can be checked only once the asset is ready.
  const waits = waitUntilReady === true || intendedFor !== undefined;
  return {
    ...options,
    ...defined({ once, upload, concurrency, checkSize }),
    ...defined({ waitUntilReady: waits ? wait : waitUntilReady }),
  };
}

/** How the editor shows that there is none. */
function isEmpty(metadata: unknown): boolean {
  return typeof metadata === 'object' && metadata !== null && Object.keys(metadata).length === 0;
}
