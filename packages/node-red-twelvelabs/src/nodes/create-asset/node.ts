import type { ValidationIssue } from '@twelvelabs-nodes/core';
import {
  assetStatus,
  type CheckContext,
  defined,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { issuesOf } from '../../runtime/problems.ts';
import { operationNode } from '../../runtime/register.ts';
import { creating } from '../../runtime/source/creating.ts';
import { sizeOf, sourceOf } from '../../runtime/source/source-of.ts';
import { fitOutcome } from '../../runtime/workflow-fit.ts';
import { createAssetSettings } from './settings.ts';

/** Creates an asset from whatever the message holds: a Buffer, a path, a stream, an uploaded file or a URL. */
export default operationNode({ settings: createAssetSettings, check, run });

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, status, inTurn } = context;
  const useCases = core.parseUseCases(values.intendedFor);
  const source = await sourceOf(context).catch((error: unknown) => failWithOthers(error, context));
  const create = (release: () => void) => {
    if (source.method === 'url') status({ name: 'fetching' });
    const params = { ...source, ...paramsOf(context) };
    return client.call(core.createAsset, params, {
      ...optionsOf(context),
      ...creating(context, source, release),
    });
  };
  const asset = await inTurn(create, sizeOf(source));
  if (useCases.length === 0) return { value: asset, status: assetStatus(asset) };
  return { value: asset, ...fitOutcome(useCases.map((useCase) => core.checkRequirements(asset, useCase))) };
}

/** Consumes a stream: to be called only for a message that is refused in any case. */
async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { core, values } = context;
  const issues: ValidationIssue[] = [];
  const note = (error: unknown) => void issues.push(...issuesOf(core, error));
  try {
    core.parseUseCases(values.intendedFor);
  } catch (error) {
    note(error);
  }
  const unusable = { method: values.method === 'url' ? 'url' : 'direct' };
  const source = await sourceOf(context).catch(note);
  const others = await core.createAsset.check(
    { ...(source ?? unusable), ...paramsOf(context) },
    optionsOf(context),
  );
  // One setting is the source of both: what is wrong with it was reported as that of the file.
  return [...issues, ...others.filter(({ field }) => source || (field !== 'file' && field !== 'url'))];
}

/**
 * A file that cannot be used is known before core looks at the rest: one error names both.
 * @throws always
 */
async function failWithOthers(error: unknown, context: OperationContext): Promise<never> {
  issuesOf(context.core, error);
  const issues = await check(context);
  throw issues.length > 1 ? new context.core.ValidationError(issues) : error;
}

/** The one place where names change from Node-RED's to the API's. */
function paramsOf({ values }: CheckContext): Record<string, unknown> {
  return defined({
    filename: values.filename,
    enable_hls: values.enableHls,
    enable_thumbnail: values.enableThumbnail,
    user_metadata: unlessEmpty(values.metadata),
  });
}

function optionsOf({ values, options }: CheckContext): Record<string, unknown> {
  const {
    once,
    upload,
    concurrency,
    checkSize,
    checkContent,
    intendedFor,
    waitUntilReady,
    waitFor,
    maxWait,
  } = values;
  const wait = defined({ waitFor, maxWait });
  // The requirements can be checked only once the asset is ready. What is neither yes nor no goes on to core.
  const waits = waitUntilReady === true || (intendedFor !== undefined && !waitUntilReady);
  return {
    ...options,
    ...defined({ once, upload, concurrency, checkSize, checkContent }),
    ...defined({ waitUntilReady: waits ? wait : waitUntilReady }),
  };
}
