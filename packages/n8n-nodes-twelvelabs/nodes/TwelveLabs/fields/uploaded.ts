import { createAsset, type ValidationIssue } from '@twelvelabs-nodes/core';
import { createOnce } from '../create-asset';
import type { Call } from '../form/operation';
import { inputFile } from './input-file';

interface Upload {
  /** The name of the binary field, or what an expression gave in its place. */
  readonly field: unknown;
  /** What is wrong with the rest of the call: an asset costs something, and a wrong call does not need it. */
  readonly check?: () => Promise<readonly ValidationIssue[]>;
  /** Asks the platform for what the asset is for. */
  readonly mustExist?: () => Promise<unknown>;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly waiting?: object;
}

/** The id of the asset of a file of the item: created with all guarantees of *Create*, and ready. */
export async function uploaded(call: Call, upload: Upload): Promise<string> {
  const { field, check = async () => [], mustExist, options = {}, waiting = {} } = upload;
  const file = await inputFile(call, field);
  try {
    call.form.add(await check());
    if (mustExist) {
      const signal = call.context.getExecutionCancelSignal();
      const issues = await createAsset.check({ method: 'direct', file }, { ...options, signal });
      await requireSound(call, issues, mustExist);
    }
    const { _id } = await createOnce(call, { params: { method: 'direct', file }, options, waiting });
    return _id;
  } finally {
    file?.close();
  }
}

/**
 * Finds out what is wrong before an asset is paid for.
 * @param mustExist asks the platform for what the asset is for, when nothing else is wrong
 */
export async function requireSound(
  call: Call,
  issues: readonly ValidationIssue[],
  mustExist: () => Promise<unknown>,
): Promise<void> {
  call.form.add(issues);
  await call.form.check();
  await mustExist();
}

/** Stands for an asset that is not there yet, where the rest of a call is checked. */
export const LATER = 'later';
