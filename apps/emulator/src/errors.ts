/** The codes of the platform's error table that this emulator answers with. */
export type ErrorCode =
  | 'parameter_invalid'
  | 'parameter_not_provided'
  | 'parameter_unknown'
  | 'resource_not_exist'
  | 'asset_has_references'
  | 'index_name_already_exists'
  | 'search_option_not_supported'
  | 'search_filter_invalid'
  | 'search_page_token_expired'
  | 'task_cannot_be_deleted'
  | 'api_key_invalid'
  | 'api_not_allowed'
  | 'too_many_requests'
  | 'video_filesize_too_large'
  | 'video_duration_too_short'
  | 'video_duration_too_long'
  | 'video_resolution_too_low'
  | 'video_resolution_too_high'
  | 'video_resolution_invalid_aspect_ratio'
  | 'insufficient_storage'
  | 'internal_server_error';

/** Characters of a message at most: names and values of any length come from requests. */
const longest = 2_000;

/**
 * An answer other than success, as `{ code, message }`. Thrown anywhere in a request, it becomes the response.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds that the client has to wait before another try, if known. */
  readonly retryAfter: string | undefined;

  constructor(
    status: number,
    code: ErrorCode,
    message: string,
    headers: Record<string, string> = {},
    retryAfter?: string,
  ) {
    super(message.length > longest ? `${message.slice(0, longest)}…` : message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.retryAfter = retryAfter;
  }
}

/** 400 `parameter_invalid`: the field, then what is wrong with it. */
export function invalid(field: string, problem: string): PlatformError {
  return new PlatformError(400, 'parameter_invalid', `The ${field} parameter is invalid. ${problem}`);
}

/** 400 `parameter_not_provided`. */
export function missing(field: string, when = ''): PlatformError {
  return new PlatformError(
    400,
    'parameter_not_provided',
    `The ${field} parameter is required but was not provided${when === '' ? '' : ` (${when})`}.`,
  );
}

/** 400 `parameter_unknown`. */
export function unknownParameter(field: string): PlatformError {
  return new PlatformError(400, 'parameter_unknown', `The ${field} parameter is unknown.`);
}

/** `resource_not_exist`, by 404 wherever nothing else is described. */
export function notFound(id: string, status: 400 | 404 = 404): PlatformError {
  return new PlatformError(status, 'resource_not_exist', `Resource with id ${id} does not exist.`);
}

/** The client left before its request was complete; nobody is there to read an answer. */
export class ClientGoneError extends Error {
  override readonly name = 'ClientGoneError';
}

const fullDiskCodes = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);
/** SQLITE_FULL, https://sqlite.org/rescode.html#full */
const sqliteFull = 13;

/** True when the file system, a quota or SQLite says that nothing more fits. */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  return (typeof code === 'string' && fullDiskCodes.has(code)) || errcode === sqliteFull;
}
