import { parseCredentials, type TwelveLabsCredentials, ValidationError } from '@twelvelabs-nodes/core';
import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  IHttpRequestHelper,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';
import { CREDENTIAL_LABELS } from '../nodes/host/context';
import { requireDirectRoute } from '../nodes/host/direct-route';

const KEYS_PAGE = 'https://playground.twelvelabs.io/dashboard/api-keys';

export class TwelveLabsApi implements ICredentialType {
  name = 'twelveLabsApi';

  displayName = 'TwelveLabs API';

  icon: Icon = { light: 'file:../icons/twelvelabs.svg', dark: 'file:../icons/twelvelabs.dark.svg' };

  documentationUrl =
    'https://github.com/twelvelabs-nodes/twelvelabs-nodes/tree/main/packages/n8n-nodes-twelvelabs#credentials';

  properties: INodeProperties[] = [
    {
      displayName: `You find your API key in the <a href="${KEYS_PAGE}" target="_blank">TwelveLabs playground</a>, under API Keys.`,
      name: 'whereToFindTheKey',
      type: 'notice',
      default: '',
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      placeholder: 'e.g. tlk_...',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'https://api.twelvelabs.io/v1.3',
      placeholder: 'e.g. https://api.twelvelabs.io/v1.3',
      description:
        'Change this only for your own gateway or a local emulator. The key is never sent over plain http, except to this machine.',
    },
    {
      // Always empty: an "expirable" field is what makes n8n call `preAuthentication`.
      displayName: 'Session',
      name: 'session',
      type: 'hidden',
      typeOptions: { expirable: true },
      default: '',
    },
  ];

  async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject) {
    await requireDirectRoute(this.helpers.httpRequest, checked(credentials).baseUrl);
    return {};
  }

  // A function, not the generic form: it also guards the key in other nodes that use this credential, such as the HTTP
  // Request node, where people choose address, proxy and redirects.
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const { apiKey, baseUrl } = checked(credentials);
    const options: AnyRequest = requestOptions;
    if (options.baseURL === credentials.baseUrl) options.baseURL = baseUrl;
    const target = new URL(addressOf(options), options.baseURL ?? baseUrl);
    if (target.origin !== new URL(baseUrl).origin) {
      throw new Error(
        `The TwelveLabs API key is for ${new URL(baseUrl).origin} only, not for ${target.origin}`,
      );
    }
    const elsewhere = Object.keys(options.headers ?? {}).find((name) => isOtherHost(name, options, target));
    if (elsewhere !== undefined) {
      throw new Error(
        `The TwelveLabs API key is for ${target.host} only: remove the header ${elsewhere}, which names another host`,
      );
    }
    if (options.proxy) {
      throw new Error('The TwelveLabs API key is not sent through a proxy: remove the option Proxy');
    }
    const ofAgent = Object.entries(options.agentOptions ?? {}).filter(([, value]) => value !== undefined);
    const unknown = [
      ...OTHER_ROUTES.filter((name) => options[name] !== undefined),
      ...ofAgent.map(([name]) => name).filter((name) => !AGENT_OPTIONS.includes(name)),
    ];
    if (unknown.includes('ca')) {
      throw new Error(
        "The TwelveLabs API key is not sent to a server that only the request's own CA vouches for. Remove CA from SSL Certificates, and set NODE_EXTRA_CA_CERTS instead",
      );
    }
    if (unknown.length > 0) {
      throw new Error(
        `The TwelveLabs API key is not sent over a custom connection: remove ${unknown.join(', ')} from the request`,
      );
    }
    if (ignoresCertificates(options)) {
      throw new Error(
        'The TwelveLabs API key is not sent without checking certificates: turn off the option Ignore SSL Issues',
      );
    }
    options.headers = { ...options.headers, 'x-api-key': apiKey };
    // A redirect would carry the key to another address.
    return Object.assign(options, {
      disableFollowRedirect: true,
      followRedirect: false,
      followAllRedirects: false,
    });
  };

  test: ICredentialTestRequest = {
    request: {
      baseURL: '={{$credentials.baseUrl}}',
      url: '/assets',
      qs: { page_limit: 1 },
    },
    rules: [
      {
        type: 'responseCode',
        properties: {
          value: 401,
          message: 'TwelveLabs did not accept the API key: it is invalid or has expired',
        },
      },
      {
        type: 'responseCode',
        properties: { value: 403, message: 'TwelveLabs knows the API key, but does not let it list assets' },
      },
      {
        type: 'responseCode',
        properties: {
          value: 404,
          message: 'There is no TwelveLabs API at the base URL: check its path, such as /v1.3',
        },
      },
    ],
  };
}

/** A request of n8n's nodes: in the present form, or in that of the older helpers, which also accept these fields. */
type AnyRequest = IHttpRequestOptions &
  Partial<Record<(typeof OTHER_ROUTES)[number], unknown>> & {
    uri?: string;
    proxy?: unknown;
    rejectUnauthorized?: boolean;
    strictSSL?: boolean;
  };

/** Options of a request that say where or how it is connected, whatever its URL says. */
const OTHER_ROUTES = [
  'socketPath',
  'lookup',
  'agent',
  'httpAgent',
  'httpsAgent',
  'host',
  'hostname',
  'port',
  'tunnel',
  'transport',
  'adapter',
] as const;

/** What a connection may be told: a client's own certificate, and how strictly that of the server is checked. */
const AGENT_OPTIONS = ['cert', 'key', 'passphrase', 'rejectUnauthorized'];

/** Whether a header names another host than the URL: a server of several hosts would give the key to that one. */
function isOtherHost(name: string, { headers }: AnyRequest, { protocol, host, port }: URL): boolean {
  if (name.trim().toLowerCase() !== 'host') return false;
  // A URL leaves out the usual port, a header may name it.
  const own = port === '' ? [host, `${host}:${protocol === 'https:' ? 443 : 80}`] : [host];
  return !own.includes(String(headers?.[name]).trim().toLowerCase());
}

function addressOf({ url, uri }: AnyRequest): string {
  const address = url ?? uri;
  if (!address) throw new Error('The request has no address to send the TwelveLabs API key to');
  return address;
}

function ignoresCertificates(options: AnyRequest): boolean {
  const { skipSslCertificateValidation, rejectUnauthorized, strictSSL, agentOptions } = options;
  const switches = [rejectUnauthorized, strictSSL, agentOptions?.rejectUnauthorized];
  return skipSslCertificateValidation === true || switches.includes(false);
}

function checked({ apiKey, baseUrl }: ICredentialDataDecryptedObject): TwelveLabsCredentials {
  try {
    return parseCredentials({ apiKey, baseUrl });
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    // Without core's `code`, which the credential test would show instead of the message.
    const problems = error.issues.map(
      ({ field, message }) => `${CREDENTIAL_LABELS[field] ?? field}: ${message}`,
    );
    throw new Error(problems.join('; '));
  }
}
