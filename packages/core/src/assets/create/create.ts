import type { CallContext } from '../../http/call.ts';
import { checkWorkflowFit } from '../../requirements/workflow-fit.ts';
import { uploadMultipart } from '../multipart/upload.ts';
import { retrieveAsset } from '../retrieve.ts';
import type { Asset } from '../schema.ts';
import { waitForAsset } from '../waiting.ts';
import type { CreateLedger } from './claims.ts';
import { findByKey, ONCE_KEY } from './create-once.ts';
import type { CreateOptions } from './options.ts';
import type { Prepared } from './plan.ts';
import { ProgressReport } from './progress.ts';
import { createDirect } from './send-again.ts';

const DEFAULT_CONCURRENCY = 4;

/** Finds or creates the asset of parameters that were checked, and waits for it where that is asked for. */
export async function createAsset(
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
        await ledger.whileLooking(`once ${context.baseUrl} ${once}`, context.signal, async () => {
          const existing = await findByKey(context, once, prepared.params.filename ?? prepared.file?.name);
          return existing ?? upload(context, ledger, withKey(prepared, once), options);
        });
  options.onAsset?.(created);
  return settle(context, created, options);
}

async function upload(
  context: CallContext,
  ledger: CreateLedger,
  { plan, params, file }: Prepared,
  options: CreateOptions,
): Promise<Asset> {
  const report = options.onProgress && new ProgressReport(context.clock, file?.size, options.onProgress);
  if (plan.route !== 'multipart' || !file || file.size === undefined) {
    const created = await createDirect(context, ledger, params, file, (bytes) => report?.set(bytes));
    report?.end();
    return created;
  }
  const assetId = await uploadMultipart(context, { ...file, size: file.size }, plan.fields, {
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    resume: options.resume,
    onSession: options.onSession,
    onSent: (bytes) => report?.set(bytes),
  });
  report?.end();
  ledger.claim(assetId);
  return retrieveAsset(context, { asset_id: assetId });
}

function withKey(prepared: Prepared, once: string): Prepared {
  const user_metadata = { ...prepared.params.user_metadata, [ONCE_KEY]: once };
  return {
    ...prepared,
    params: { ...prepared.params, user_metadata },
    plan: { ...prepared.plan, fields: { ...prepared.plan.fields, user_metadata } },
  };
}

async function settle(
  context: CallContext,
  created: Asset,
  { waitUntilReady, intendedFor, onWorkflowFit }: CreateOptions,
): Promise<Asset> {
  const judged = intendedFor !== undefined && intendedFor.length > 0;
  if (!waitUntilReady && !judged) return created;
  const options = typeof waitUntilReady === 'object' ? waitUntilReady : {};
  // What was created may be ready at once, on older versions of the platform, but lacks the details of a look.
  const ready = await waitForAsset(context, created._id, options);
  if (judged) onWorkflowFit?.(intendedFor.map((workflow) => checkWorkflowFit(ready, workflow)));
  return ready;
}
