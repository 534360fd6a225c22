import { accountMark, parseCredentials, TwelveLabsClient } from '@twelvelabs-nodes/core';
import { version } from '../../package.json';
import { clock } from './clock';
import { CREDENTIAL, type HostContext } from './context';
import { requireDirectRoute } from './direct-route';
import { n8nTransport } from './transport';

/**
 * Core's client, over n8n's machinery.
 * @param itemIndex the item whose credential it has: a credential may contain expressions
 */
export async function twelveLabsClient(context: HostContext, itemIndex?: number): Promise<TwelveLabsClient> {
  const credential = await context.getCredentials(CREDENTIAL, itemIndex);
  const { apiKey, baseUrl } = parseCredentials({ apiKey: credential.apiKey, baseUrl: credential.baseUrl });
  await requireDirectRoute(context.helpers.httpRequest, baseUrl);
  return new TwelveLabsClient({
    transport: n8nTransport(context, credential, apiKey),
    clock,
    baseUrl,
    userAgent: `n8n-nodes-twelvelabs/${version}`,
  });
}

/**
 * Tells the account of the node's credential from others, also where the credential remains and its key changes.
 * @param itemIndex the item whose credential it is
 */
export async function accountOf(context: HostContext, itemIndex?: number): Promise<string> {
  const { apiKey, baseUrl } = await context.getCredentials(CREDENTIAL, itemIndex);
  return accountMark(parseCredentials({ apiKey, baseUrl }));
}
