import { z } from 'zod/v4';
import type { HttpMethod } from '../ports.ts';
import { trimmedText } from '../validation/text.ts';
import { parseAnswer } from './answer.ts';
import { jsonBody } from './bodies/json.ts';
import { call } from './call.ts';
import { operation } from './operation.ts';
import { requestOptions } from './request-options.ts';
import { apiRequest } from './requests.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const satisfies readonly HttpMethod[];
const METHOD = `must be one of ${METHODS.join(', ')}`;

/** A path below the base URL, such as `/tasks/transfers`: nothing in it can lead to another origin, or up. */
const path = z.lazy(() =>
  trimmedText('must be a path such as /assets').superRefine((text, context) => {
    const report = (message: string) =>
      context.addIssue({ code: 'custom', message, params: { rule: 'path' } });
    const segments = text.replace(/^\//, '').split('/');
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(text)) return report('must be a path below the base URL, not a URL');
    if (/[?#]/.test(text)) return report('must have no query and no fragment: put parameters into query');
    if (/[\s\\\p{Cc}]/u.test(text))
      return report('must not contain blanks, backslashes or control characters');
    if (segments.some((segment) => /^(\.|%2e){1,2}$/i.test(segment) || segment === ''))
      report('must have a name between two slashes, and no . or ..');
  }),
);

const QUERY_VALUE = 'must be a string, a number, a boolean, or a list of these';
const queryValue = z.lazy(() => z.union([z.string(), z.number(), z.boolean()], { error: QUERY_VALUE }));

/** Any endpoint of the API, for those that have no method of their own. */
export interface AnyRequest {
  readonly method: HttpMethod;
  /** Below the base URL, such as `/assets`. */
  readonly path: string;
  /** An array repeats its name. */
  readonly query?:
    | Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[] | undefined>>
    | undefined;
  /** The body, as a value that JSON can express. */
  readonly json?: unknown;
}

const anyRequest: z.ZodType<AnyRequest> = z.lazy(() =>
  z.strictObject({
    method: trimmedText(METHOD)
      .transform((text) => text.toUpperCase())
      .pipe(z.enum(METHODS, { error: METHOD })),
    path,
    query: z
      .record(z.string(), z.union([queryValue, z.array(queryValue)], { error: QUERY_VALUE }).optional(), {
        error: 'must be an object of names and values',
      })
      .optional(),
    json: z.unknown().optional(),
  }),
);

/** Sends a request to any endpoint. A POST is sent again only when it certainly had no effect. */
export const sendAnyRequest = operation(
  anyRequest,
  requestOptions,
  async (context, { method, path, query, json }) => {
    const request = apiRequest(context, method, path.replace(/^\//, ''), {
      ...(query ? { query } : {}),
      body: json === undefined ? undefined : jsonBody(json),
    });
    const response = await call(context, request, { repeatable: method !== 'POST' });
    return parseAnswer(z.unknown(), request, response);
  },
);
