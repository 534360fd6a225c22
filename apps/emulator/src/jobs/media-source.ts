import { z } from 'zod/v4';
import { MiB } from '../bytes.ts';
import type { Context } from '../context.ts';
import { invalid, notFound } from '../errors.ts';
import { isId } from '../ids.ts';
import { factsOfAsset, factsOfProbe, type MediaFacts } from '../media/facts.ts';
import { filenameOfUrl } from '../media/filename.ts';
import { NotMediaError, probeMedia } from '../media/probe.ts';
import type { IncomingFile } from '../store/files.ts';
import { DownloadError } from './download.ts';

/** A file that a request names: exactly one of the three. */
export interface MediaSource {
  readonly url?: string | undefined;
  readonly asset_id?: string | undefined;
  readonly base64_string?: string | undefined;
}

/** Bytes of a file sent inside a request. Source: "Create embeddings", the larger of the limits. */
const base64Limit = 36 * MiB;
/** Bytes of a JSON body with such a file in it. */
export const jsonWithFileLimit = 50 * MiB;

const base64Text = z.base64();

/**
 * Finds the file that a request names: an asset, or what is at a URL or in the request, which is probed.
 *
 * @param field what errors call the source, such as `video`.
 * @param unknownStatus what an endpoint answers for an asset that does not exist.
 * @throws {PlatformError} 404 for an asset that does not exist, 400 for one that is not ready and for no media.
 */
export async function mediaFacts(
  context: Context,
  source: MediaSource,
  field: string,
  signal: AbortSignal,
  unknownStatus: 400 | 404 = 404,
): Promise<MediaFacts> {
  if (source.asset_id !== undefined) {
    return assetFacts(context, source.asset_id, `${field}.asset_id`, unknownStatus);
  }
  if (source.url !== undefined) return urlFacts(context, source.url, `${field}.url`, signal);
  return base64Facts(context, source.base64_string ?? '', `${field}.base64_string`);
}

/**
 * The facts of an asset by its identifier; see {@link mediaFacts}.
 *
 * @param unknownStatus what an endpoint answers for an asset that does not exist.
 */
export function assetFacts(
  context: Context,
  id: string,
  field: string,
  unknownStatus: 400 | 404 = 404,
): MediaFacts {
  if (!isId(id)) throw invalid(field, 'It has to be an identifier of 24 hexadecimal digits.');
  const asset = context.assets.get(id);
  if (asset === undefined) throw notFound(id, unknownStatus);
  if (asset.status !== 'ready') {
    throw invalid(field, `The asset ${id} is ${asset.status}; it has to be ready.`);
  }
  return factsOfAsset(asset);
}

async function urlFacts(
  context: Context,
  url: string,
  field: string,
  signal: AbortSignal,
): Promise<MediaFacts> {
  const filename = filenameOfUrl(new URL(url));
  const downloaded = await context.downloader.fetch(url, filename, signal).catch((error: unknown) => {
    throw error instanceof DownloadError ? invalid(field, error.message) : error;
  });
  return probedFacts(context, downloaded.file, filename, field);
}

async function base64Facts(context: Context, text: string, field: string): Promise<MediaFacts> {
  if (!base64Text.safeParse(text).success || text === '') throw invalid(field, 'It has to be base64.');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length > base64Limit) throw invalid(field, 'The maximum size is 36MB.');
  const file = await context.files.create();
  await file.write(bytes);
  return probedFacts(context, file, 'base64', field);
}

/**
 * Probes a file that is not kept.
 *
 * @param field what errors call it.
 * @throws {PlatformError} 400 when it is no media.
 */
export async function probedFacts(
  context: Context,
  file: IncomingFile,
  filename: string,
  field: string,
): Promise<MediaFacts> {
  try {
    return factsOfProbe(await probeMedia(file.path, context.options.media.seconds), filename);
  } catch (error) {
    throw error instanceof NotMediaError ? invalid(field, error.message) : error;
  } finally {
    await file.discard();
  }
}
