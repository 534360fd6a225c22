import { type ErrorOptions, TwelveLabsError } from './twelvelabs-error.ts';

export interface ApiErrorDetails {
  readonly status: number;
  readonly method: string;
  /** The URL's path, without its query. */
  readonly path: string;
  /** The platform's `code`, such as `parameter_invalid`. */
  readonly apiCode?: string | undefined;
  /** The platform's `message`, bounded. */
  readonly apiMessage?: string | undefined;
  readonly docsUrl?: string | undefined;
  readonly requestId?: string | undefined;
}

/** The platform answered with an error. Excludes 401/403, 409 and 429, which have classes of their own under this one. */
export class ApiError extends TwelveLabsError {
  override readonly name: string = 'ApiError';
  readonly code: 'api' | 'authentication' | 'rate_limit' | 'conflict' = 'api';
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly apiCode: string | undefined;
  readonly apiMessage: string | undefined;
  readonly docsUrl: string | undefined;
  readonly requestId: string | undefined;

  constructor(details: ApiErrorDetails, options: ErrorOptions = {}) {
    super(describe(details), options);
    this.status = details.status;
    this.method = details.method;
    this.path = details.path;
    this.apiCode = details.apiCode;
    this.apiMessage = details.apiMessage;
    this.docsUrl = details.docsUrl;
    this.requestId = details.requestId;
  }

  override toJSON(): Record<string, unknown> {
    const { status, method, path, apiCode, apiMessage, docsUrl, requestId } = this;
    const known = Object.entries({ status, method, path, apiCode, apiMessage, docsUrl, requestId });
    return { ...super.toJSON(), ...Object.fromEntries(known.filter(([, value]) => value !== undefined)) };
  }
}

function describe({ status, method, path, apiCode, apiMessage, requestId }: ApiErrorDetails): string {
  const said = [apiCode, apiMessage].filter(Boolean).join(': ');
  const id = requestId ? ` [request ${requestId}]` : '';
  return `${method} ${path} returned HTTP ${status}${said ? ` — ${said}` : ''}${id}`;
}
