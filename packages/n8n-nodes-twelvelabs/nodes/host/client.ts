import { parseCredentials, TwelveLabsClient } from '@twelvelabs-nodes/core';
import { version } from '../../package.json';
import { clock } from './clock';
import { CREDENTIAL, type HostContext } from './context';
import { requireDirectRoute } from './direct-route';
import { n8nTransport } from './transport';

/** Core's client, over n8n's machinery and with the node's credential. */
export async function twelveLabsClient(context: HostContext): Promise<TwelveLabsClient> {
  const { apiKey, baseUrl } = parseCredentials(await readCredential(context));
  await requireDirectRoute(context.helpers.httpRequest, baseUrl);
  return new TwelveLabsClient({
    transport: n8nTransport(context, apiKey),
    clock,
    baseUrl,
    userAgent: `n8n-nodes-twelvelabs/${version}`,
  });
}

async function readCredential(context: HostContext) {
  const { apiKey, baseUrl } = await context.getCredentials(CREDENTIAL);
  return { apiKey, baseUrl };
}
