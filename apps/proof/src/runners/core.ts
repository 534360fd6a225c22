import {
  type CreateAssetParams,
  type CreateOptions,
  checkRequirements,
  type FileSource,
  parseCredentials,
  parseUseCases,
  TwelveLabsError,
} from '@twelvelabs-nodes/core';
import { createNodeAssetsClient, fileFromPath } from '@twelvelabs-nodes/core/node';
import type { Account, DiskFile, Options, Outcome, Params, Runner } from './runner.ts';

/** Beside the account: how the network is left. */
export interface Connection {
  readonly proxy?: string;
  readonly noProxy?: string;
  readonly ca?: string;
}

/** Core over its own transport, as a program of one's own would use it. */
export function coreRunner(connection: Connection = {}): Runner {
  return {
    name: 'core',
    pid: process.pid,
    create: (params, options, account) => outcomeOf(() => create(params, options, account, connection)),
    [Symbol.asyncDispose]: async () => undefined,
  };
}

async function create(params: Params, options: Options, account: Account, connection: Connection) {
  // Checked before the variables of the environment could fill in for what is missing.
  const { baseUrl, apiKey } = parseCredentials(account);
  await using client = createNodeAssetsClient({ baseUrl, apiKey, proxy: '', ...connection });
  const { file, ...rest } = params;
  const source = file && (await sourceOf(file));
  const { intendedFor, ...others } = options;
  const useCases = parseUseCases(intendedFor);
  const given = { ...rest, ...(source ? { file: source } : {}) } as unknown as CreateAssetParams;
  const waits = useCases.length > 0 ? { waitUntilReady: true } : {};
  const asset = await client.create(given, optionsOf({ ...others, ...waits }));
  for (const useCase of useCases) checkRequirements(asset, useCase);
  return asset;
}

async function sourceOf(file: DiskFile): Promise<FileSource> {
  const whole = await fileFromPath(file.path);
  const { stallsAfter } = file;
  if (stallsAfter === undefined) return Object.assign(Object.create(whole) as FileSource, named(file));
  const { name, type, size } = whole;
  return {
    name,
    type,
    size,
    async *stream() {
      let left = stallsAfter;
      for await (const piece of whole.stream() as AsyncIterable<Uint8Array>) {
        if (left <= 0) break;
        yield piece.subarray(0, left);
        left -= piece.length;
      }
      await new Promise(() => undefined);
    },
    ...named(file),
  };
}

const named = ({ name, type }: DiskFile) => ({
  ...(name === undefined ? {} : { name }),
  ...(type === undefined ? {} : { type }),
});

/** The hosts keep the options of waiting beside the others. */
function optionsOf({ waitFor, maxWait, waitUntilReady, ...rest }: Options): CreateOptions {
  const wait = Object.fromEntries(
    Object.entries({ waitFor, maxWait }).filter(([, value]) => value !== undefined),
  );
  const waits = waitUntilReady === true && Object.keys(wait).length > 0;
  return {
    ...rest,
    ...(waitUntilReady === undefined ? {} : { waitUntilReady: waits ? wait : waitUntilReady }),
  } as CreateOptions;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { asset: (await work()) as Record<string, unknown> };
  } catch (error) {
    if (!TwelveLabsError.is(error)) throw error;
    return { error: { code: error.code, message: error.message, details: error.toJSON() } };
  }
}
