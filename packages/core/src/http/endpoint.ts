import { z } from 'zod/v4';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { HttpMethod, HttpRequest, HttpResponse } from '../ports.ts';
import { parseAnswer } from './answer.ts';
import { formOf } from './bodies/form-of.ts';
import { jsonBody } from './bodies/json.ts';
import { type CallContext, call, uncertain } from './call.ts';
import { type Operation, operation } from './operation.ts';
import { fillPath, type NamesIn, namesIn } from './path.ts';
import { requestOptions } from './request-options.ts';
import { apiRequest, type RequestContext } from './requests.ts';

/** What one endpoint of the API takes and answers. */
export interface EndpointRules<P, A> {
  /** All parameters, by the API's names; those named in the path go there. */
  readonly params: z.ZodType<P>;
  readonly answer: z.ZodType<A>;
  /** Where the other parameters go: by default the query for GET and DELETE, else a JSON body. */
  readonly send?: 'query' | 'json' | 'form';
  /** Whether a request may arrive twice. By default every method but POST. */
  readonly repeatable?: boolean;
  /** When a repeated request finds that the thing is gone, an earlier one whose answer was lost removed it. */
  readonly goneIsDone?: boolean;
  /** The answer is a stream of JSON lines. */
  readonly lines?: boolean;
  /** The answer may be far longer than a page of a list. */
  readonly isLarge?: boolean;
  /** Sends an `Idempotency-Key`: the platform runs requests with the same key once, so that one may arrive twice. */
  readonly idempotent?: boolean;
  /** What a request creates, for the error when its answer is lost or cannot be read: `an index`. */
  readonly creates?: string;
}

/** One request of the API, as a value: the only place that has its method and path. */
export interface Endpoint<P, A> extends Operation<A> {
  readonly method: HttpMethod;
  /** Below the base URL, with names in braces. */
  readonly path: string;
  readonly params: z.ZodType<P>;
  readonly answer: z.ZodType<A>;
  readonly repeatable: boolean;
  /** What a request creates: `an index`. Missing where that is nothing that costs. */
  readonly creates?: string | undefined;
  /** @param params that were checked */
  request(context: RequestContext, params: P): HttpRequest;
  /** Sends parameters that were checked. */
  send(context: CallContext, params: P): Promise<A>;
  /** The same, with the answer's status and headers. */
  exchange(context: CallContext, params: P): Promise<{ readonly response: HttpResponse; readonly data: A }>;
}

/** For an answer whose body does not matter: none, or one that nobody documented. */
export const nothing: z.ZodType<void> = z.unknown().transform(() => undefined);

/** Describes one endpoint. A name in the path that is no parameter is an error of types. */
export function endpoint<const Path extends string, P extends Readonly<Record<NamesIn<Path>, unknown>>, A>(
  method: HttpMethod,
  path: Path,
  { params, answer, send = sendsNoBody(method) ? 'query' : 'json', ...rules }: EndpointRules<P, A>,
): Endpoint<P, A> {
  const { idempotent = false, repeatable = method !== 'POST' || idempotent } = rules;
  const { lines = false, isLarge = false, goneIsDone, creates } = rules;
  const inPath = new Set(namesIn(path));

  const request = (context: RequestContext, values: P) => {
    const rest = Object.fromEntries(
      Object.entries(values).filter(([name, value]) => !inPath.has(name) && value !== undefined),
    );
    return apiRequest(context, method, fillPath(path, values), {
      lines,
      isLarge,
      headers: idempotent ? { 'idempotency-key': context.idempotencyKey ?? crypto.randomUUID() } : {},
      ...(send === 'query' ? { query: rest } : {}),
      ...(send === 'json' ? { body: jsonBody(rest) } : {}),
      ...(send === 'form' ? { body: formOf(rest) } : {}),
    });
  };
  const exchange = async (context: CallContext, values: P) => {
    const built = request(context, values);
    const response = await call(context, built, { repeatable, goneIsDone, creates });
    try {
      return { response, data: parseAnswer(answer, built, response) };
    } catch (error) {
      // A 2xx that cannot be read: the platform did it, or a proxy answered instead.
      throw creates && error instanceof UnexpectedResponseError ? uncertain(built, creates, error) : error;
    }
  };
  const sendParams = async (context: CallContext, values: P) => (await exchange(context, values)).data;
  return {
    ...operation(params, requestOptions, sendParams),
    method,
    path,
    params,
    answer,
    repeatable,
    creates,
    request,
    exchange,
    send: sendParams,
  };
}

const sendsNoBody = (method: HttpMethod) => method === 'GET' || method === 'DELETE';
