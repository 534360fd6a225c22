import { AbortedError } from '../../errors/aborted-error.ts';
import { AuthenticationError } from '../../errors/authentication-error.ts';
import type { TwelveLabsError } from '../../errors/twelvelabs-error.ts';
import { read } from '../../http/answer.ts';
import { type CallContext, call } from '../../http/call.ts';
import { apiRequest } from '../../http/requests.ts';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.ts';
import { MAX_PAGE_LIMIT } from '../list-params.ts';
import { type Asset, assetPage } from '../schema.ts';
import type { CreateLedger } from './claims.ts';
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

/** Dates have whole seconds on both sides, and the request may have been on its way before the first byte counted. */
const TOLERANCE_MS = 2_000;
/** Newest pages that are read; 200 creates of one name in the time of one upload are beyond telling apart anyway. */
const MAX_PAGES = 4;
/** Looks, with a pause before each: the platform may still be storing what it received. Milliseconds. */
const PAUSES = [500, 1_500, 3_000];

/**
 * Looks whether a create whose answer was lost took place: among the newest assets, for one that began after the
 * request did, with the same method, name, size and metadata, and that no other call of this process got.
 * @param looking how many calls that look the same are searching right now: that many equal assets are interchangeable
 * @returns the asset, claimed for this call, or `undefined` when there is none
 * @throws {UncertainOutcomeError} when the look can't tell
 */
export async function lookForLost(
  context: CallContext,
  ledger: CreateLedger,
  lost: LostCreate,
  looking: () => number,
): Promise<Asset | undefined> {
  let others: Asset[] = [];
  for (const pause of PAUSES) {
    await context.clock.sleep(pause, context.signal).catch((cause: unknown) => {
      throw new AbortedError('Looking for the asset', cause);
    });
    const newest = await readNewest(context, lost);
    const free = newest.filter((asset) => !ledger.isClaimed(asset._id));
    const matching = free.filter((asset) => matches(asset, lost));
    const oldest = matching.at(-1);
    if (oldest && matching.length <= looking()) {
      ledger.claim(oldest._id);
      return oldest;
    }
    if (oldest)
      throw new UncertainOutcomeError(
        'several assets fit, and another process may have created some of them',
        matching,
        lost.error,
      );
    others = free;
  }
  // The platform names an asset of a bare URL: one with another name may still be ours.
  if (lost.filename === undefined && others.length > 0) {
    throw new UncertainOutcomeError(
      'assets were created from URLs meanwhile, and their names do not tell',
      others,
      lost.error,
    );
  }
  return undefined;
}

/** Assets of the same method that were created since the request began, newest first. */
async function readNewest(context: CallContext, lost: LostCreate): Promise<Asset[]> {
  const { params, filename, startedAt, error } = lost;
  const found: Asset[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const request = apiRequest(context, 'GET', ['assets'], {
      query: { page, page_limit: MAX_PAGE_LIMIT, filename },
    });
    const { response, data } = await call(context, request)
      .then((response) => ({ response, data: read(assetPage, request, response).data }))
      .catch((cause: TwelveLabsError) => {
        if (cause instanceof AbortedError) throw cause;
        // A key that is refused now created nothing a moment ago: servers that refuse an upload early reset it.
        if (cause instanceof AuthenticationError && cause.status === 401) throw cause;
        throw new UncertainOutcomeError(
          `the look at the newest assets failed as well (${cause.message})`,
          [],
          error,
        );
      });
    // The platform's own clock, counted back by the time that passed here: a local clock that is off does no harm.
    const serverNow = Date.parse(response.headers.date ?? '');
    const now = context.clock.now();
    const since = (Number.isNaN(serverNow) ? now : serverNow) - (now - startedAt) - TOLERANCE_MS;
    const recent = data.filter((asset) => !(Date.parse(asset.created_at ?? '') < since));
    found.push(...recent.filter((asset) => (asset.method ?? params.method) === params.method));
    if (data.length < MAX_PAGE_LIMIT || recent.length < data.length) break;
  }
  return found;
}

function matches(asset: Asset, { params, filename, size }: LostCreate): boolean {
  const name = filename ?? nameInUrl(params.url);
  if ((asset.filename ?? name) !== name) return false;
  if (size !== undefined && (asset.size ?? size) !== size) return false;
  return Object.entries(params.user_metadata ?? {}).every(
    ([key, value]) => asset.user_metadata?.[key] === value,
  );
}

function nameInUrl(url: string | undefined): string | undefined {
  const last = url && new URL(url).pathname.split('/').pop();
  try {
    return last ? decodeURIComponent(last) : undefined;
  } catch {
    return last;
  }
}
