import { about } from '../../errors/about.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { pause } from '../../http/attempt.ts';
import type { CallContext } from '../../http/call.ts';
import { type Paging, pages } from '../../http/pages.ts';
import { MAX_PAGE_LIMIT } from '../../validation/rules.ts';
import { deleteAsset, listAssets, retrieveAsset } from '../endpoints.ts';
import { UploadSessionError } from '../errors/upload-session-error.ts';
import type { UploadSession } from '../multipart/resume-token.ts';
import { clearSession, storeSession } from '../multipart/stored-session.ts';
import { ONCE_METADATA_FIELD, UPLOAD_METADATA_FIELD } from '../once-fields.ts';
import type { Asset } from '../schema.ts';
import type { Prepared } from './plan.ts';
import { uploadStateOf } from './upload-state.ts';

/** The newest assets among which a key is searched for; with a known filename, first the newest of that name. */
export const ONCE_WINDOW = 500;

/** What an upload does for its create-once key. */
export interface OnceJob {
  readonly metadata: Readonly<Record<string, string>>;
  /** The upload of an earlier run, to be continued. */
  readonly resume?: UploadSession | undefined;
  /** Called with a new session, before anything is sent. */
  readonly onOpen: (session: UploadSession) => Promise<void>;
  /** Called when all of the file was sent. */
  readonly onSent: (assetId: string) => Promise<void>;
}

type Upload = (job: OnceJob) => Promise<Asset>;

/** Another run with the same key opened its session first. */
class Superseded extends Error {}

/** Rounds in which this run leaves the upload to another one that was first, and then finds its asset. */
const MAX_ROUNDS = 3;

/**
 * Returns the asset that has a create-once key; continues its upload if that was interrupted, on whatever machine it
 * began; creates it if there is none. Concurrent multipart uploads with one key end in the asset that is older.
 * @param upload sends the file
 */
export async function createOnce(
  context: CallContext,
  key: string,
  { params, file }: Prepared,
  upload: Upload,
): Promise<Asset> {
  const filename = params.filename ?? file?.name;
  for (let round = 1; ; round++) {
    const job: OnceJob = {
      metadata: { [ONCE_METADATA_FIELD]: key },
      onOpen: async (session) => {
        if (round < MAX_ROUNDS && !(await isFirst(context, key, filename, file, session.asset_id))) {
          await abandon(context, session.asset_id);
          throw new Superseded();
        }
        await storeSession(context, session);
      },
      onSent: (assetId) => clearSession(context, assetId),
    };
    try {
      return (await findAsset(context, key, filename, file, job, upload)) ?? (await upload(job));
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
  }
}

async function findAsset(
  context: CallContext,
  key: string,
  filename: string | undefined,
  file: Prepared['file'],
  job: OnceJob,
  upload: Upload,
): Promise<Asset | undefined> {
  for await (const asset of findByKey(context, key, filename)) {
    const subject = { resource: 'asset', id: asset._id } as const;
    const state = await about(subject, () => uploadStateOf(context, asset, file));
    if (state === 'sent') return about(subject, () => settled(context, asset));
    if (state === 'lost') continue;
    const continued = await upload({ ...job, resume: state }).catch((error: unknown) => {
      // The session has ended, or the file is a different one: the upload starts over.
      if (error instanceof UploadSessionError || isOtherFile(error)) return undefined;
      throw error;
    });
    if (continued) return continued;
  }
  return undefined;
}

/** A run that was killed right after its last chunk has left its session with the asset. */
async function settled(context: CallContext, asset: Asset): Promise<Asset> {
  if (!hasSession(asset)) return asset;
  await clearSession(context, asset._id);
  return retrieveAsset.send(context, { asset_id: asset._id });
}

function isOtherFile(error: unknown): boolean {
  return error instanceof ValidationError && error.issues.every(({ rule }) => rule === 'same_file');
}

/**
 * Finds the assets that have a create-once key, newest first. The key identifies an asset by itself. Assets of the same
 * name are searched first, which costs one request where there are few; then all, for a name that has changed.
 * Failed assets do not count, because the work is still to be done.
 */
async function* findByKey(
  context: CallContext,
  key: string,
  filename: string | undefined,
): AsyncGenerator<Asset, void, undefined> {
  const seen = new Set<string>();
  for (const name of filename === undefined ? [undefined] : [filename, undefined]) {
    const read = (paging: Required<Paging>) => listAssets.send(context, { filename: name, ...paging });
    const maxPages = ONCE_WINDOW / MAX_PAGE_LIMIT;
    for await (const assets of pages(read, { key: ({ _id }) => _id, maxPages })) {
      for (const asset of assets) {
        if (asset.user_metadata?.[ONCE_METADATA_FIELD] !== key || asset.status === 'failed') continue;
        if (seen.has(asset._id)) continue;
        seen.add(asset._id);
        yield asset;
      }
    }
  }
}

/** Milliseconds between two looks at another run that began in the same second, and how many there are. */
const LOOK_AGAIN_MS = 500;
const MAX_LOOKS = 20;

/**
 * Whether this run is the first with its key: then its asset is the older one. The platform's dates have whole seconds.
 * Of two runs in one second, the one with the smaller id is first, unless the other has stored its session: it did so
 * before this one began, and saw nobody. Until it has stored or deleted something, nobody can tell.
 */
async function isFirst(
  context: CallContext,
  key: string,
  filename: string | undefined,
  file: Prepared['file'],
  assetId: string,
): Promise<boolean> {
  for (let looks = 1; ; looks++) {
    const alive: Asset[] = [];
    for await (const asset of findByKey(context, key, filename))
      if (asset._id === assetId || (await uploadStateOf(context, asset, file)) !== 'lost') alive.push(asset);
    const own = alive.find(({ _id }) => _id === assetId);
    const others = alive.filter((asset) => asset !== own && !(createdAt(asset) > createdAt(own)));
    if (others.length === 0) return true;
    const isUndecided = (asset: Asset) =>
      createdAt(asset) === createdAt(own) && asset._id > assetId && !hasSession(asset);
    if (!others.every(isUndecided)) return false;
    if (looks >= MAX_LOOKS) return true;
    await pause(context.clock, LOOK_AGAIN_MS, context.signal, 'Waiting for another run with the same key');
  }
}

const createdAt = (asset: Asset | undefined) => Date.parse(asset?.created_at ?? '');
const hasSession = (asset: Asset) => asset.user_metadata?.[UPLOAD_METADATA_FIELD] !== undefined;

/** Deletes an asset that this run has just begun, and of which nothing was sent. If that fails, its session expires. */
async function abandon(context: CallContext, asset_id: string): Promise<void> {
  const once = { ...context, policy: { ...context.policy, maxAttempts: 1 } };
  await deleteAsset.send(once, { asset_id }).catch(() => undefined);
}
