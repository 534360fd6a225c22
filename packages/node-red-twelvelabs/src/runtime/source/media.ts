import type { MediaKind, ValidationIssue } from '@twelvelabs-nodes/core';
import type { Core } from '../core.ts';
import { isId } from '../named.ts';
import { type CheckContext, defined } from '../operation.ts';
import { issuesOf, refusal } from '../problems.ts';
import { createIssues } from './create-issues.ts';
import { sourceOf } from './source-of.ts';
import type { SourceParams } from './source-params.ts';

/** What a source stands for: an asset that exists, or a file or a URL. */
export type Media = { readonly asset_id: string } | { readonly source: SourceParams };

/** Whether using media costs an asset first: what the asset is for should be looked at before. */
export function becomeAssets(media: readonly Media[]): boolean {
  return media.some((one) => 'source' in one);
}

/** How an operation takes its media. */
export interface Taking {
  /** Core's fields for the setting: what is wrong with a file or a URL came from there. */
  readonly fields: readonly [string, ...string[]];
  /** Refuses files and URLs, in these words. */
  readonly assetsOnly?: string;
  /** Kinds of media that the operation takes. Left out for all. */
  readonly kinds?: readonly MediaKind[];
  /** Whether a file or a URL becomes an asset; otherwise it goes into the request itself. */
  readonly becomesAsset?: (source: SourceParams) => boolean;
  /** What core says of the settings, with the media that are sound. */
  readonly check: (media: readonly Media[]) => Promise<readonly ValidationIssue[]>;
}

/** The media of a message, and all that is wrong with the message. */
export interface CheckedMedia {
  readonly media: readonly Media[];
  readonly issues: readonly ValidationIssue[];
  /** Why media could not be read, as it was thrown. */
  readonly thrown?: unknown;
}

/** Looks at all media and settings before anything is sent: an asset costs something, and a wrong setting needs none. */
export async function checkMedia(
  context: CheckContext,
  given: readonly unknown[],
  { fields, assetsOnly, kinds, becomesAsset = () => true, check }: Taking,
): Promise<CheckedMedia> {
  const { core, origins, values } = context;
  const tooMany = tooManyIssue(core, fields[0], given);
  if (tooMany) return { media: [], issues: [tooMany] };
  const origin = origins.get(fields[0]);
  if (origin) for (const field of ['file', ...fields]) origins.set(field, origin);
  const media: Media[] = [];
  const issues: ValidationIssue[] = [];
  let thrown: unknown;
  for (const value of given) {
    try {
      const asset_id = assetIdIn(value);
      if (asset_id) media.push({ asset_id });
      else if (assetsOnly)
        issues.push({ field: fields[0], rule: 'type', message: assetsOnly, received: core.shapeOf(value) });
      else
        media.push({ source: await sourceOf({ ...context, values: { ...values, source: value } }, false) });
    } catch (error) {
      issues.push(...issuesOf(core, error));
      thrown = error;
    }
  }
  issues.push(...(await check(media)));
  const sources: { readonly source?: SourceParams; readonly once: unknown }[] = media.flatMap((one, index) =>
    'source' in one && becomesAsset(one.source)
      ? [{ source: one.source, once: keyAt(index + 1, values.once) }]
      : [],
  );
  if (thrown !== undefined) sources.push({ once: values.once });
  const { checkContent, checkUrl, filename } = values;
  const limits = { signal: context.options.signal, checkContent, checkUrl, kinds };
  for (const { source, once } of sources)
    issues.push(
      ...(await createIssues(context, source, defined({ filename }), defined({ ...limits, once }))),
    );
  return { media, issues: issues.filter(isFirst), thrown };
}

/** The create-once key of one of several media that share a key. @param place from 1 */
export function keyAt(place: number, once: unknown): unknown {
  return typeof once === 'string' && once !== '' && place > 1 ? `${once} (${place})` : once;
}

/** More files than anybody sends in one message: to look at each of them would occupy Node-RED. */
const MOST_FILES = 1_000;

export function tooManyIssue(
  core: Core,
  field: string,
  given: readonly unknown[],
): ValidationIssue | undefined {
  if (given.length <= MOST_FILES) return undefined;
  const message = `must be at most ${MOST_FILES} files: send several messages`;
  return { field, rule: 'count', message, received: core.shapeOf(given) };
}

/** @throws {Error} for all that is wrong with the message */
export function requireSound({ core }: CheckContext, { issues, thrown }: CheckedMedia): void {
  if (issues.length > 0) throw refusal(core, issues, thrown);
}

/** Several files share the settings that are checked with each of them. */
function isFirst(issue: ValidationIssue, index: number, all: readonly ValidationIssue[]): boolean {
  return all.findIndex(({ field, message }) => field === issue.field && message === issue.message) === index;
}

/** The ID in a value that is an asset, as the other nodes return it, or an ID. */
function assetIdIn(value: unknown): string | undefined {
  const id = typeof value === 'object' && value !== null ? (value as { _id?: unknown })._id : value;
  return typeof id === 'string' && isId(id) ? id.trim() : undefined;
}
