import { limitsSection, messageSection } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const requestSettings = {
  type: 'twelvelabs-request',
  palette: 'request',
  sign: {
    title: 'braces',
    path: 'M28 33c-3.5 0-.5 7-4 7 3.5 0 .5 7 4 7M34 33c3.5 0 .5 7 4 7-3.5 0-.5 7-4 7',
  },
  ports: { in: 'request', out: 'answer' },
  sections: {
    request: {
      title: 'Request',
      open: true,
      settings: {
        method: {
          kind: 'choice',
          field: 'method',
          icon: 'exchange',
          label: 'Method',
          hint: 'The HTTP method of the endpoint, as the API reference names it.',
          options: { GET: 'GET', POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', DELETE: 'DELETE' },
        },
        path: {
          kind: 'text',
          field: 'path',
          icon: 'link',
          label: 'Path',
          hint: 'The path below the base URL of the account, such as /indexes.',
          placeholder: '/indexes',
        },
        query: {
          kind: 'json',
          field: 'query',
          icon: 'filter',
          label: 'Query',
          hint: 'Parameters of the URL, as an object. An array repeats its name.',
        },
        body: {
          kind: 'json',
          field: 'json',
          icon: 'file-code-o',
          label: 'Body',
          hint: 'The JSON body. An empty object sends none.',
        },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
