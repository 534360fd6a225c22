import {
  ApiError,
  FileReadError,
  problemOf,
  TwelveLabsError,
  UnusableAnswerError,
  UploadSessionError,
  ValidationError,
} from '@twelvelabs-nodes/core';
import {
  type IDataObject,
  type INode,
  type JsonObject,
  NodeApiError,
  NodeError,
  NodeOperationError,
} from 'n8n-workflow';
import { CREDENTIAL_LABELS } from './context';

export type NodeFailure = NodeApiError | NodeOperationError;

/** The names that people see on the fields of the node, by core's name of the parameter. */
export type Labels = Readonly<Record<string, string>>;

/**
 * Any failure as an error of n8n: on its item, in plain words, with what to do in the description. Only core's plain
 * details go along: the errors of n8n's request helpers hold the request, and with it the key.
 */
export function toNodeError(
  node: INode,
  error: unknown,
  itemIndex?: number,
  labels: Labels = {},
): NodeFailure {
  const at = itemIndex === undefined ? {} : { itemIndex };
  if (!TwelveLabsError.is(error)) return foreignError(node, error, at);
  const hint = adviceOf(error);
  // The advice speaks of the form, not of core's own options.
  const details = { ...error.toJSON(), ...(hint ? { hint } : {}) } as JsonObject;
  const message = error instanceof ValidationError ? inFormTerms(error, labels) : headline(error, labels);
  const description = describe(error, message);
  const failure =
    error instanceof ValidationError
      ? new NodeOperationError(node, message, { description, ...at })
      : new NodeApiError(node, details, {
          message: error.message,
          description,
          ...(error instanceof ApiError ? { httpCode: String(error.status) } : {}),
          ...at,
        });
  // n8n replaces messages in which it finds a known code, such as ECONNREFUSED, by vaguer ones.
  failure.message = message;
  failure.context.data = details as IDataObject;
  return failure;
}

function foreignError(node: INode, error: unknown, at: { itemIndex?: number }): NodeFailure {
  if (error instanceof NodeError) {
    if (at.itemIndex !== undefined) error.context.itemIndex ??= at.itemIndex;
    return error as NodeFailure;
  }
  return new NodeOperationError(node, error instanceof Error ? error.message : String(error), at);
}

/** The plain-language first line. */
function headline(error: TwelveLabsError, labels: Labels): string {
  if (error instanceof FileReadError) return `${labelOf('file', labels)}: ${error.problem}`;
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 401) return 'TwelveLabs did not accept the API key';
  // n8n passes a proxy's refusal on as an answer; the platform's own names a code.
  if (error.status === 403 && !error.apiCode) return 'A proxy or firewall refused the request (HTTP 403)';
  if (error.status === 403) return 'This API key may not do this';
  if (error.status === 404) return `TwelveLabs found no ${nounOf(error)} with this ID`;
  if (error.status === 409 && nounOf(error) === 'asset')
    return 'This asset is still in use, for example by an index';
  if (error.status === 429) return 'TwelveLabs received too many requests from your organization';
  if (error.status >= 500) return `TwelveLabs returned a server error (HTTP ${error.status})`;
  return `TwelveLabs did not accept the request: ${error.apiMessage ?? `HTTP ${error.status}`}`;
}

/** What the last ID of a path belongs to, or a path without one. */
const NOUNS: Readonly<Record<string, string>> = {
  assets: 'asset',
  indexes: 'index',
  'indexed-assets': 'indexed asset',
  search: 'index',
  tasks: 'task',
  'entity-collections': 'collection',
  entities: 'entity',
};

function nounOf({ path }: ApiError): string {
  const parts = path.split('/');
  const ofIds = parts.slice(0, -1).flatMap((part) => NOUNS[part] ?? []);
  return ofIds.at(-1) ?? NOUNS[parts.at(-1) ?? ''] ?? 'resource';
}

/** What to do, and what exists by now. The request and the platform's answer are in n8n's own "Error details". */
function describe(error: TwelveLabsError, message: string): string {
  const { resource = '', id, assetId } = error;
  const exists = new Map([[id, resource.replace('_', ' ')] as const, [assetId, 'asset'] as const]);
  const unnamed = [...exists].filter(([one]) => one && !message.includes(one));
  const names = unnamed.map(([one, what]) => `${what.charAt(0).toUpperCase()}${what.slice(1)}: ${one}.`);
  return [adviceOf(error), ...names].filter(Boolean).join(' ');
}

/** Core's advice, in terms of this node's form where core names its own options. */
function adviceOf(error: TwelveLabsError): string | undefined {
  if (error instanceof UnusableAnswerError && error.reason === 'cut_off')
    return 'Raise Maximum Tokens, or ask for less.';
  if (error instanceof UploadSessionError) return 'Run the node again: a new upload starts.';
  const isPage = error instanceof ValidationError && error.issues.some(({ rule }) => rule === 'direct_link');
  return isPage
    ? 'Nothing was sent. To send a file of such a service, download it with its node, such as Google Drive, and set Source to File From Input.'
    : error.hint;
}

/**
 * A parameter's label; of `user_metadata.take`, that of `user_metadata` with the rest; of `video.media_source.url`, whose
 * first part is another choice in the form, that of `media_source.url`.
 */
function labelOf(field: string, own: Labels): string {
  const labels = { ...CREDENTIAL_LABELS, ...own };
  const known = Object.keys(labels).sort((one, other) => other.length - one.length);
  const start = known.find((name) => field === name || field.startsWith(`${name}.`));
  if (start !== undefined) return `${labels[start]}${field.slice(start.length)}`;
  const end = known.find((name) => field.endsWith(`.${name}`));
  return end === undefined ? field : `${labels[end]}`;
}

function inFormTerms(error: ValidationError, labels: Labels): string {
  return error.issues.map((issue) => `${labelOf(issue.field, labels)}: ${problemOf(issue)}`).join('; ');
}
