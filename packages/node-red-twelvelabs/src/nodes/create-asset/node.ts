import type { ValidationIssue } from '@twelvelabs-nodes/core';
import {
  assetStatus,
  type CheckContext,
  defined,
  type OperationContext,
  type Outcome,
  unlessEmpty,
} from '../../runtime/operation.ts';
import { issuesOf, refusal } from '../../runtime/problems.ts';
import { operationNode } from '../../runtime/register.ts';
import { createIssues } from '../../runtime/source/create-issues.ts';
import { creating } from '../../runtime/source/creating.ts';
import { sizeOf, sourceOf } from '../../runtime/source/source-of.ts';
import type { SourceParams } from '../../runtime/source/source-params.ts';
import { fitOutcome } from '../../runtime/workflow-fit.ts';
import { createAssetSettings } from './settings.ts';

/** Creates an asset from whatever the message holds: a Buffer, a path, a stream, an uploaded file or a URL. */
export default operationNode({ settings: createAssetSettings, check, run });

async function run(context: OperationContext): Promise<Outcome> {
  const { core, client, values, status, inTurn } = context;
  const { source, issues, thrown } = await find(context);
  if (!source || issues.length > 0)
    throw refusal(core, [...issues, ...(await issuesOfCall(context, source))], thrown);
  const create = (release: () => void) => {
    if (source.method === 'url') status({ name: 'fetching' });
    const params = { ...source, ...paramsOf(context) };
    return client.call(core.createAsset, params, {
      ...optionsOf(context),
      ...creating(context, source, release),
    });
  };
  const asset = await inTurn(create, sizeOf(source));
  const useCases = core.parseUseCases(values.intendedFor);
  if (useCases.length === 0) return { value: asset, status: assetStatus(asset) };
  return { value: asset, ...fitOutcome(useCases.map((useCase) => core.checkRequirements(asset, useCase))) };
}

async function check(context: CheckContext): Promise<readonly ValidationIssue[]> {
  const { source, issues } = await find(context);
  return [...issues, ...(await issuesOfCall(context, source))];
}

interface Found {
  readonly source?: SourceParams;
  readonly issues: readonly ValidationIssue[];
  /** Why the source cannot be used, as it was thrown. */
  readonly thrown?: unknown;
}

/** The source, and what is wrong by the node's own rules. */
async function find(context: CheckContext): Promise<Found> {
  const issues = useCaseIssues(context);
  try {
    return { source: await sourceOf(context), issues };
  } catch (thrown) {
    return { issues: [...issues, ...issuesOf(context.core, thrown)], thrown };
  }
}

function useCaseIssues({ core, values }: CheckContext): readonly ValidationIssue[] {
  try {
    core.parseUseCases(values.intendedFor);
    return [];
  } catch (error) {
    return issuesOf(core, error);
  }
}

function issuesOfCall(
  context: CheckContext,
  source: SourceParams | undefined,
): Promise<readonly ValidationIssue[]> {
  return createIssues(context, source, paramsOf(context), optionsOf(context));
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
    checkUrl,
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
    ...defined({ once, upload, concurrency, checkSize, checkContent, checkUrl }),
    ...defined({ waitUntilReady: waits ? wait : waitUntilReady }),
  };
}
