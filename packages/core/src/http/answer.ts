import type { z } from 'zod/v4';
import { ApiError, type ApiErrorDetails } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConflictError } from '../errors/conflict-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import type { TwelveLabsError } from '../errors/twelvelabs-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { HttpRequest, HttpResponse } from '../ports.ts';
import { excerpt } from '../text/excerpt.ts';
import { check } from '../validation/parse.ts';
import { errorFields, fields } from './error-fields.ts';
import { pathOf } from './request-path.ts';
import { requestedDelay } from './retry-timing.ts';

/** Characters of a page that are searched for words. */
const HEAD = 1_200;

const REQUEST_ID_HEADERS = ['x-request-id', 'request-id', 'x-amz-request-id', 'x-amzn-requestid', 'cf-ray'];

const CHECK_ID = 'Check the id: the resource may have been deleted, or belong to another account.';

/** What to do about an answer. Sources: the platform's error codes, RFC 9110. */
const HINTS = new Map<string, string>([
  [
    '401',
    'Check the API key: copy it again from the API keys page of the TwelveLabs dashboard, and check that it has not expired.',
  ],
  ['403', 'This key may not do this: check its plan, its permissions and your region.'],
  ['404', CHECK_ID],
  ['409', 'Something still uses this resource: remove the references, or force the operation.'],
  ['413', 'The platform takes no body of this size this way: use a multipart upload for large files.'],
  ['429', 'Wait, then run again; many parallel runs share one limit for the whole organization.'],
  ['parameter_invalid', 'Correct the parameter that the message names.'],
  ['resource_not_exist', CHECK_ID],
  ['read_not_allowed', 'Check the id: this resource belongs to another account. The API key itself is fine.'],
  [
    'search_page_token_expired',
    'The platform keeps further pages of a search for a short time only: run the search again, which is billed again.',
  ],
  ['task_cannot_be_deleted', 'Wait until this task is ready or has failed, then run again.'],
  ['api_upgrade_required', 'Update this package: the platform no longer takes this version of its API.'],
  ['api_allowed_for_paid_plan', 'This needs a paid plan.'],
  ['region_not_allowed', 'The platform does not serve your region.'],
]);

const FOREIGN =
  'This response does not look like one from TwelveLabs: check whether a proxy or firewall refused the request, and check the permissions of the key.';

/**
 * The error that a response stands for; `undefined` for 2xx.
 * @param now local milliseconds since the epoch
 */
export function errorOf(
  request: HttpRequest,
  response: HttpResponse,
  now: number,
): TwelveLabsError | undefined {
  const { status, headers, body } = response;
  if (status >= 200 && status < 300) return undefined;
  const path = pathOf(request.url);
  if (status < 400) {
    return new UnexpectedResponseError(
      `${request.method} ${path} returned a redirect (HTTP ${status}), which is not followed, so that the key and the file go to the platform only`,
      status,
      { isForeign: true },
    );
  }
  const said = errorFields(body);
  const apiCode = text(said.code);
  const details: ApiErrorDetails = {
    status,
    method: request.method,
    path,
    apiCode,
    apiMessage: text(said.message) ?? (typeof body === 'string' ? plainText(body) : undefined),
    docsUrl: text(said.docs_url),
    requestId:
      REQUEST_ID_HEADERS.map((name) => text(headers[name])).find(Boolean) ??
      text(fields(said.details).requestId),
  };
  const options = {
    hint:
      // The platform sends a code with every error. Some transports return a proxy's refusal as an answer.
      (!apiCode && (status === 403 || status === 407) && FOREIGN) ||
      (apiCode && HINTS.get(apiCode)) ||
      HINTS.get(String(status)) ||
      (status >= 500 ? 'TwelveLabs returned a server error. Try again later.' : undefined),
  };
  if (status === 401 || status === 403) return new AuthenticationError(details, options);
  if (status === 409) return new ConflictError(details, options);
  if (status === 429)
    return new RateLimitError({ ...details, retryAfter: requestedDelay(response, now) }, options);
  return new ApiError(details, options);
}

/**
 * Reads a successful response's body by its schema.
 * @throws {UnexpectedResponseError} when the body does not match
 */
export function parseAnswer<T>(
  schema: z.ZodType<T>,
  request: HttpRequest,
  { status, body }: HttpResponse,
): T {
  const result = check(schema, body, 'body');
  if (!result.issues) return result.data;
  const what = `${request.method} ${pathOf(request.url)} returned HTTP ${status}, but not as documented`;
  if (typeof body === 'string')
    throw new UnexpectedResponseError(`${what}: not JSON, but ${quote(body)}`, status, { isForeign: true });
  const problems = result.issues
    .slice(0, 5)
    .map((issue) => `${issue.field} ${issue.message} (got ${issue.received})`);
  throw new UnexpectedResponseError(`${what}: ${problems.join('; ')}`, status);
}

/** Whether an error says that the platform does not know the thing: HTTP 404, or 400 with the code for it. */
export function isUnknown(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 404 || error.apiCode === 'resource_not_exist');
}

/** What is read; `undefined` when the platform does not know the thing, because it is gone since its id was. */
export async function ifKnown<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (isUnknown(error)) return undefined;
    throw error;
  }
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== ''
    ? excerpt(value)
    : typeof value === 'number'
      ? String(value)
      : undefined;

/** The words of an HTML error page, or the text as it is. */
function plainText(body: string): string | undefined {
  const head = body.slice(0, HEAD);
  const words = /^\s*</.test(head)
    ? head.replace(/<(style|script)[\s\S]*?(<\/\1>|$)/gi, ' ').replace(/<[^>]*>?/g, ' ')
    : head;
  return text(words.replace(/\s+/g, ' ').trim());
}

function quote(body: string): string {
  const words = plainText(body);
  return words ? `"${words}"` : 'an empty body';
}
