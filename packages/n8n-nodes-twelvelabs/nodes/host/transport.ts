import {
  type HttpRequest,
  type HttpResponse,
  masked,
  readAnswer,
  type Transport,
} from '@twelvelabs-nodes/core';
import {
  type ICredentialDataDecryptedObject,
  type ICredentialsDecrypted,
  type IHttpRequestOptions,
  type IN8nHttpFullResponse,
  NodeApiError,
} from 'n8n-workflow';
import { type AnswerStream, answerBytes } from './answer-bytes';
import { CREDENTIAL, type HostContext } from './context';

/**
 * Core's transport over n8n's request helpers, so that n8n's proxy, certificate and SSRF settings apply.
 * @param data the credential, as n8n decrypted it
 * @param secret the API key, masked wherever a server echoes it
 */
export function n8nTransport(
  context: HostContext,
  data: ICredentialDataDecryptedObject,
  secret: string,
): Transport {
  // Without it n8n would take the credential of the first item for each request.
  const credentialsDecrypted = { id: '', name: '', type: CREDENTIAL, data };

  return {
    async send(request, signal) {
      const answered = new AbortController();
      const options = requestOptions(request, AbortSignal.any([signal, answered.signal]));
      try {
        const response = await ask(
          context,
          request.authenticated ? credentialsDecrypted : undefined,
          options,
        );
        return await toHttpResponse(response, request, secret, () => answered.abort());
      } catch (error) {
        throw withCode(error);
      }
    },
  };
}

async function ask(
  context: HostContext,
  credentialsDecrypted: ICredentialsDecrypted | undefined,
  options: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
  if (!credentialsDecrypted) return await context.helpers.httpRequest(options);
  return await context.helpers.httpRequestWithAuthentication.call(context, CREDENTIAL, options, {
    credentialsDecrypted,
    // By default a 401 makes n8n send the whole upload a second time.
    preAuthenticationRetryStatusCode: [],
  });
}

/** n8n 1.x keeps an error's code only within texts, where core, which tells failures apart by it, does not look. */
function withCode(error: unknown): unknown {
  if (!(error instanceof NodeApiError) || error.cause instanceof Error) return error;
  const texts = [error.description, ...(error.messages ?? []), error.message].join(' ');
  const code = texts.match(/\b[A-Z][A-Z_]{4,60}\b/g)?.find((word) => /^(E|UND_ERR_)|CERT/.test(word));
  return code ? Object.assign(error, { code }) : error;
}

function requestOptions(request: HttpRequest, signal: AbortSignal): IHttpRequestOptions {
  const { body } = request;
  return {
    method: request.method,
    url: request.url,
    // n8n's agents would ask the server to close the connection: one that refuses an upload early would then reset it, and
    // its answer would be lost. They still close it themselves.
    headers: { ...request.headers, connection: 'keep-alive' },
    // A plain object: n8n drops a body that has no enumerable fields of its own.
    ...(body
      ? {
          body: {
            size: body.size,
            type: body.type,
            stream: () => body.stream(),
            [Symbol.toStringTag]: 'Blob',
          },
        }
      : {}),
    // Otherwise the redirect helper keeps every chunk of the upload in memory, to be able to repeat it.
    disableFollowRedirect: true,
    // Core ends requests that make no progress; n8n's default would end an upload after 5 minutes.
    timeout: 0,
    encoding: 'stream',
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    // n8n overwrites this field with the signal of the execution's cancel, which core's signal follows anyway.
    get abortSignal() {
      return signal;
    },
    set abortSignal(_) {},
  };
}

async function toHttpResponse(
  response: IN8nHttpFullResponse,
  request: HttpRequest,
  secret: string,
  release: () => void,
): Promise<HttpResponse> {
  const stream = response.body as unknown as AnswerStream;
  const headers = Object.fromEntries(
    // A server may echo the key in a header as well, and a request id is shown to people.
    Object.entries(response.headers).map(([name, value]) => [
      name.toLowerCase(),
      masked(String(value), secret),
    ]),
  );
  const { statusCode: status } = response;
  return { status, headers, body: await readAnswer(request, status, answerBytes(stream, release), secret) };
}
