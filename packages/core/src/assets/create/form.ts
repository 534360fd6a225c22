import { DEFAULT_BASE_URL } from '../../credentials.ts';
import { ValidationError } from '../../errors/validation-error.ts';
import { formBody } from '../../http/bodies/form.ts';
import { randomBoundary } from '../../http/bodies/form-of.ts';
import { linkIssues } from '../../http/check-links.ts';
import { apiRequest, type RequestContext } from '../../http/requests.ts';
import { detectMedia } from '../../media/detect.ts';
import type { MediaKind } from '../../media/kind.ts';
import type { FileSource, HttpRequest, StreamOptions } from '../../ports.ts';
import { parse } from '../../validation/parse.ts';
import type { SessionFields } from '../multipart/endpoints.ts';
import type { PreparedFile } from '../prepared-file.ts';
import { ownName, plainName, usualName } from './file-name.ts';
import { typeToSend } from './inspect-file.ts';
import { type CreateAssetParams, createAssetParams } from './params.ts';

/**
 * Builds the request that would create an asset: `POST /assets` with a streaming form. Reads nothing, sends nothing.
 * The kind of the file comes from its type or its name only; `AssetsClient.plan` also reads its first bytes.
 * @param params parameters by the API's names
 * @param context the address; the platform's by default
 * @throws {ValidationError} with every problem at once
 */
export function buildCreateAssetRequest(
  params: CreateAssetParams,
  context: Partial<RequestContext> = {},
): HttpRequest {
  const checked = parse(createAssetParams, params, 'params');
  const { file } = checked;
  const target = { baseUrl: DEFAULT_BASE_URL, ...context };
  const problems = linkIssues(['url'], checked, undefined, target.baseUrl);
  if (problems.length > 0) throw new ValidationError(problems);
  return createRequest(target, checked, file && prepared(file, checked.filename));
}

function prepared(file: FileSource, filename: string | undefined): PreparedFile {
  const { kind, type } = typeToSend(detectMedia({ names: [filename, file.name], type: file.type }));
  const name = filename ?? ownName(file.name) ?? usualName(kind, type);
  return { source: file, name, kind, type, size: file.size, maxSize: undefined };
}

/** The same for parameters that were checked already. */
export function createRequest(
  context: RequestContext,
  params: CreateAssetParams,
  file: PreparedFile | undefined,
): HttpRequest {
  const { method, url, enable_hls, enable_thumbnail, user_metadata } = params;
  const fields = Object.entries({
    method,
    url,
    filename: params.filename ?? file?.name,
    enable_hls,
    enable_thumbnail,
    // Source: the published API description: "Send this value as a JSON-encoded string".
    user_metadata: user_metadata && JSON.stringify(user_metadata),
  }).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const]));
  const part = file && {
    field: 'file',
    filename: plainName(file.name),
    type: file.type,
    size: file.size,
    maxSize: file.maxSize,
    stream: (options?: StreamOptions) => file.source.stream(options),
  };
  return apiRequest(context, 'POST', 'assets', {
    body: formBody(fields, part ? [part] : [], randomBoundary()),
  });
}

/** The parameters that open a multipart session for a file. */
export function sessionFields(
  params: CreateAssetParams,
  file: PreparedFile & { readonly size: number; readonly kind: MediaKind },
): SessionFields {
  const { enable_hls, enable_thumbnail, user_metadata } = params;
  return {
    filename: file.name,
    type: file.kind,
    total_size: file.size,
    enable_hls,
    enable_thumbnail,
    user_metadata,
  };
}
