import { type CheckContext, defined, done, unlessEmpty } from '../../runtime/operation.ts';
import { operationNode } from '../../runtime/register.ts';
import { requestSettings } from './settings.ts';

function requestOf({ values }: CheckContext) {
  const { method = 'GET', path, query, body } = values;
  return {
    method,
    path,
    ...defined({ query: unlessEmpty(query), json: unlessEmpty(body) }),
  };
}

/** Sends a request to any endpoint of the API, with the key of the account. */
export default operationNode({
  settings: requestSettings,
  check: (context) => context.check(context.core.sendAnyRequest, requestOf(context), context.options),
  async run(context) {
    const { core, client, options, inTurn } = context;
    const answer = await inTurn(() => client.call(core.sendAnyRequest, requestOf(context), options));
    return { value: answer, status: done('done') };
  },
});
