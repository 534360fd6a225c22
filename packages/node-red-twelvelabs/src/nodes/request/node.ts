import { type CheckContext, defined } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { requestSettings } from './settings.ts';

/** How the editor shows that there is none. */
const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

function requestOf({ values }: CheckContext) {
  const { method = 'GET', path, query, body } = values;
  return {
    method,
    path,
    ...defined({ query: isEmpty(query) ? undefined : query, json: isEmpty(body) ? undefined : body }),
  };
}

/** Sends a request to any endpoint of the API, with the key of the account. */
export default operationNode({
  settings: requestSettings,
  check: (context) => context.core.sendFreeRequest.check(requestOf(context), context.options),
  async run(context) {
    const { core, client, options, inTurn } = context;
    const answer = await inTurn(() => client.call(core.sendFreeRequest, requestOf(context), options));
    return {
      value: answer,
      status: (translate) => ({ fill: 'green', shape: 'dot', text: translate('status.sent') }),
    };
  },
});
