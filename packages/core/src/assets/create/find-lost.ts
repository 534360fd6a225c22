import { AbortedError } from '../../errors/aborted-error.ts';
import { AuthenticationError } from '../../errors/authentication-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { UncertainOutcomeError } from '../../errors/uncertain-outcome-error.ts';
import { pause } from '../../http/attempt.ts';
import type { CallContext } from '../../http/call.ts';
import { createdSince, SEARCH_PAUSES } from '../../http/lost-answer.ts';
import { type Paging, pages } from '../../http/pages.ts';
import { trimmed } from '../../validation/text.ts';
import { listAssets } from '../endpoints.ts';
import type { Asset } from '../schema.ts';
import type { CreateLedger } from './ledger.ts';
import type { CreateAssetParams } from './params.ts';

/** What a call sent before its answer was lost. */
export interface LostCreate {
  readonly params: CreateAssetParams;
  /** The asset's name, when we chose it; for a bare URL the platform does. */
  readonly filename: string | undefined;
  /** Bytes, when known. */
  readonly size: number | undefined;
  /** Local milliseconds at which the request began. */
  readonly startedAt: number;
  /** The failure that made the outcome unknown. */
  readonly error: TwelveLabsError;
}

/** Newest pages that are read; 200 creates of one name during one upload cannot be told apart anyway. */
const MAX_PAGES = 4;

/**
 * Finds out whether a create whose answer was lost took place: searches the newest assets for one that began after
 * the request did, with the same method, name, size and metadata, and that no other call of this process claimed.
 * @param searching how many equal calls search right now: that many equal assets are interchangeable
 * @returns the asset, claimed for this call, or `undefined` when there is none
 * @throws {UncertainOutcomeError} when the search cannot decide
 */
export async function findLostAsset(
  context: CallContext,
  ledger: CreateLedger,
  lost: LostCreate,
  searching: () => number,
): Promise<Asset | undefined> {
  let others: Asset[] = [];
  for (const milliseconds of SEARCH_PAUSES) {
    await pause(context.clock, milliseconds, context.signal, 'Searching for the asset');
    const newest = await readNewest(context, lost);
    const free = newest.filter((asset) => !ledger.isClaimed(asset._id));
    const matching = free.filter((asset) => matches(asset, lost));
    const oldest = matching.at(-1);
    if (oldest && matching.length <= searching()) {
      ledger.claim(oldest._id);
      return oldest;
    }
    if (oldest)
      throw uncertain(
        'several assets match, and another process may have created some of them',
        lost,
        matching,
      );
    others = free;
  }
  // The platform names an asset of a bare URL: one with another name may still be ours.
  if (lost.filename === undefined && others.length > 0) {
    throw uncertain(
      'other assets were created from URLs meanwhile, and their names do not decide',
      lost,
      others,
    );
  }
  return undefined;
}

/** The error for a create of which nobody can say whether it took place. */
export function uncertain(
  why: string,
  { error, params }: Pick<LostCreate, 'error' | 'params'>,
  candidates: readonly Asset[] = [],
): UncertainOutcomeError {
  return new UncertainOutcomeError({
    sent: params.method === 'url' ? 'The URL was sent' : 'The file was sent',
    thing: 'an asset',
    why,
    candidates,
    hint: 'Check the newest assets before you send it again. With a create-once key, a second run finds the asset.',
    cause: error,
  });
}

/** Assets of the same method that were created since the request began, newest first. */
async function readNewest(context: CallContext, lost: LostCreate): Promise<Asset[]> {
  const { params, filename, startedAt } = lost;
  let date: string | undefined;
  const name = filename !== undefined && hasOneForm(filename) ? filename : undefined;
  const read = async (paging: Required<Paging>) => {
    const asked = listAssets.exchange(context, { filename: name, ...paging });
    const { response, data } = await asked.catch((cause: TwelveLabsError) => {
      if (cause instanceof AbortedError) throw cause;
      // A key that is refused now created nothing a moment ago: servers that refuse an upload early reset it.
      if (cause instanceof AuthenticationError && cause.status === 401) throw cause;
      throw uncertain(`the search among the newest assets failed as well (${cause.message})`, lost);
    });
    date = response.headers.date;
    return data;
  };
  const found: Asset[] = [];
  for await (const assets of pages(read, { key: ({ _id }) => _id, maxPages: MAX_PAGES })) {
    const since = createdSince(context.clock, startedAt, date);
    const recent = assets.filter((asset) => !(Date.parse(asset.created_at ?? '') < since));
    found.push(...recent.filter((asset) => (asset.method ?? params.method) === params.method));
    if (recent.length < assets.length) break;
  }
  return found;
}

function matches(asset: Asset, { params, filename, size }: LostCreate): boolean {
  const name = filename ?? nameInUrl(params.url);
  if ((asset.filename ?? name)?.normalize() !== name?.normalize()) return false;
  if (size !== undefined && (asset.size ?? size) !== size) return false;
  return Object.entries(params.user_metadata ?? {}).every(
    ([key, value]) => storedForm(asset.user_metadata?.[key]) === storedForm(value),
  );
}

/** A value as the platform may store it: in another form of Unicode, without blanks at its ends, or not at all. */
function storedForm(value: unknown): unknown {
  return typeof value === 'string' ? trimmed(value).normalize() : (value ?? '');
}

/** Whether a name is the same in both forms of Unicode: a platform may store another than the one that was sent. */
function hasOneForm(name: string): boolean {
  return name.normalize('NFC') === name && name.normalize('NFD') === name;
}

function nameInUrl(url: string | undefined): string | undefined {
  const last = url && new URL(url).pathname.split('/').pop();
  try {
    return last ? decodeURIComponent(last) : undefined;
  } catch {
    return last;
  }
}
