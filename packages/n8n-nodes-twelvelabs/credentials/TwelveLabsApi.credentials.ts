import { parseCredentials, type TwelveLabsCredentials } from '@twelvelabs-nodes/core';
import type {
  ICredentialDataDecryptedObject,
  ICredentialTestRequest,
  ICredentialType,
  Icon,
  IHttpRequestOptions,
  INodeProperties,
} from 'n8n-workflow';

export class TwelveLabsApi implements ICredentialType {
  name = 'twelveLabsApi';

  displayName = 'TwelveLabs API';

  icon: Icon = { light: 'file:../icons/twelvelabs.svg', dark: 'file:../icons/twelvelabs.dark.svg' };

  documentationUrl =
    'https://github.com/twelvelabs-nodes/twelvelabs-nodes/tree/main/packages/n8n-nodes-twelvelabs#credentials';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      placeholder: 'tlk_...',
      description:
        'Your TwelveLabs API key. Find it in the <a href="https://playground.twelvelabs.io/dashboard/api-keys" target="_blank">TwelveLabs playground</a> under API Keys.',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'https://api.twelvelabs.io/v1.3',
      placeholder: 'e.g. https://api.twelvelabs.io/v1.3',
      description:
        'Change this only for a proxy of your own or a local emulator. The key is never sent over plain http, except to this machine.',
    },
  ];

  // A function, not the generic form: it also guards the key where other nodes use this credential,
  // such as the HTTP Request node, which lets people type any address.
  authenticate = async (
    credentials: ICredentialDataDecryptedObject,
    requestOptions: IHttpRequestOptions,
  ): Promise<IHttpRequestOptions> => {
    const { apiKey, baseUrl } = checked(credentials);
    const target = new URL(addressOf(requestOptions), requestOptions.baseURL ?? baseUrl);
    if (target.origin !== new URL(baseUrl).origin) {
      throw new Error(
        `The TwelveLabs API key is for ${new URL(baseUrl).origin} only, not for ${target.origin}`,
      );
    }
    requestOptions.headers = { ...requestOptions.headers, 'x-api-key': apiKey };
    return requestOptions;
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

/** The address of a request; n8n's older request helpers have it under another name. */
function addressOf(options: IHttpRequestOptions & { uri?: string }): string {
  const address = options.url ?? options.uri;
  if (!address) throw new Error('The request has no address to send the TwelveLabs API key to');
  return address;
}

function checked({ apiKey, baseUrl }: ICredentialDataDecryptedObject): TwelveLabsCredentials {
  try {
    return parseCredentials({ apiKey, baseUrl });
  } catch (error) {
    // Without core's `code`, which the credential test would show in the place of the message.
    throw new Error(error instanceof Error ? error.message : String(error));
  }
}
