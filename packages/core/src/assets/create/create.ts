import { ValidationError } from '../../errors/validation-error.ts';
import { type CallContext, readLimits } from '../../http/call.ts';
import type { Connection, Operation } from '../../http/operation.ts';
import { check } from '../../validation/parse.ts';
import { uploadMultipart } from '../multipart/upload.ts';
import type { Asset } from '../schema.ts';
import { readCreated, waitForAsset } from '../waiting.ts';
import { createOnce, type OnceJob } from './create-once.ts';
import { sessionFields } from './form.ts';
import { type CreateLedger, sharedLedger } from './ledger.ts';
import { type CreateOptions, createOptions } from './options.ts';
import { type CreatePlan, type Prepared, prepare } from './plan.ts';
import { ProgressReport } from './progress.ts';
import { createDirect } from './send-again.ts';

/** Reports what `create` would send, and every problem with it. Sends nothing. */
export const planAsset: Operation<CreatePlan> = {
  check: (params, options, connection) =>
    withPrepared(connection, params, options, async ({ plan }) => plan.problems),
  run: (connection, params, options) => withPrepared(connection, params, options, async ({ plan }) => plan),
};

/** Prepares a create and goes on under the limits of its options; wrong options have none, and no context. */
function withPrepared<T>(
  connection: Connection | undefined,
  params: unknown,
  options: unknown,
  work: (prepared: Prepared, context?: CallContext) => Promise<T>,
): Promise<T> {
  const inContext = async (context?: CallContext) => {
    const limits = context && readLimits(context);
    const prepared = await prepare(params, options, { baseUrl: connection?.baseUrl, limits });
    try {
      return await work(prepared, context);
    } finally {
      await prepared.close();
    }
  };
  const { data } = check(createOptions, options ?? {}, 'options');
  return data && connection ? connection.run(data, inContext) : inContext();
}

/** Creating, with the creates that have to be kept apart. */
export function createAssetWith(ledger: CreateLedger): Operation<Asset> {
  return {
    check: planAsset.check,
    run: (connection, params, options) =>
      withPrepared(connection, params, options, (prepared, context) => {
        const { problems, notes } = prepared.plan;
        if (problems.length > 0 || !context) throw new ValidationError(problems);
        for (const note of notes) prepared.options.onNote?.(note);
        return findOrCreate(context, ledger, prepared, prepared.options);
      }),
  };
}

/** Creates an asset. */
export const createAsset = createAssetWith(sharedLedger);

const DEFAULT_CONCURRENCY = 4;

/** Finds or creates the asset of parameters that were checked, and waits for it if the options say so. */
async function findOrCreate(
  context: CallContext,
  ledger: CreateLedger,
  prepared: Prepared,
  options: CreateOptions,
): Promise<Asset> {
  const { once } = options;
  const created =
    once === undefined
      ? await upload(context, ledger, prepared, options)
      : // One at a time in this process: the second finds what the first made.
        await ledger.lock.exclusive(`once ${context.baseUrl} ${once}`, context.signal, () =>
          createOnce(context, once, prepared, (job) => upload(context, ledger, prepared, options, job)),
        );
  options.onAsset?.(created);
  const { waitUntilReady } = options;
  if (!waitUntilReady) return created;
  // Older versions of the platform answer a create with a ready asset, which lacks details: it is read once more.
  const wait = typeof waitUntilReady === 'object' ? waitUntilReady : {};
  return waitForAsset(context, created._id, wait, true);
}

/**
 * Sends the file, or the URL.
 * @param job what the upload does for a create-once key
 */
async function upload(
  context: CallContext,
  ledger: CreateLedger,
  { plan, params: given, file }: Prepared,
  options: CreateOptions,
  job?: OnceJob,
): Promise<Asset> {
  const report = options.onProgress && new ProgressReport(context.clock, file?.size, options.onProgress);
  const onSent = (bytes: number) => report?.set(bytes);
  const params = job ? { ...given, user_metadata: { ...given.user_metadata, ...job.metadata } } : given;
  const resume = job?.resume ?? options.resume;
  if (plan.route !== 'multipart' && !resume) {
    const isAuto = (options.upload ?? 'auto') === 'auto';
    const chunksInstead = isAuto && (plan.kind === 'video' || plan.kind === 'audio');
    const created = await createDirect(context, ledger, params, file, { chunksInstead, onSent });
    if (created) {
      report?.end();
      return created;
    }
  }
  if (file?.size === undefined || !file.kind) throw new Error('checked by the plan: size and kind are known');
  const sized = { ...file, size: file.size, kind: file.kind };
  const { size: total } = sized;
  const assetId = await uploadMultipart(context, sized, sessionFields(params, sized), {
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    resume,
    onResume: (sent) => options.onResume?.({ sent, total }),
    onSession: options.onSession,
    onOpen: job?.onOpen,
    onSent,
  });
  report?.end();
  ledger.claim(assetId);
  await job?.onSent(assetId);
  return readCreated(context, assetId);
}
