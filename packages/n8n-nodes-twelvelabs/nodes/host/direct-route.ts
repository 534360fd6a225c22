import { isLoopback } from '@twelvelabs-nodes/core';
import type { IHttpRequestOptions } from 'n8n-workflow';

type Send = (options: IHttpRequestOptions) => Promise<unknown>;

/** Nothing listens on port 1 (tcpmux): a request that arrives there is refused by the machine itself. */
const CLOSED_PORT = 1;

/** Schemes and hosts of this machine that n8n reaches directly. Environment variables stay what they are while n8n runs. */
const direct = new Set<string>();

/**
 * Makes sure that requests to a base URL on this machine do not go to a proxy. Over plain http it would read the key; on
 * another machine it could not reach this one. A node can't see n8n's environment: so a request without the key, to a port
 * that is closed, shows whether this machine refuses it or somebody else answers.
 * @throws {Error} saying what to do, when they go to a proxy
 */
export async function requireDirectRoute(send: Send, baseUrl: string): Promise<void> {
  const { protocol, hostname } = new URL(baseUrl);
  const here = `${protocol}//${hostname}`;
  if (!isLoopback(hostname) || direct.has(here)) return;
  if (!(await isRefusedHere(send, here))) {
    throw new Error(
      `Base URL: ${baseUrl} is on this machine, but n8n sends requests through a proxy, where the API key may not go. Add ${hostname} to the environment variable NO_PROXY and restart n8n.`,
    );
  }
  direct.add(here);
}

async function isRefusedHere(send: Send, here: string): Promise<boolean> {
  try {
    await send({
      url: `${here}:${CLOSED_PORT}/`,
      timeout: 10_000,
      disableFollowRedirect: true,
      ignoreHttpStatusErrors: true,
    });
    return false;
  } catch (error) {
    return causesOf(error).some(({ code, port }) => code === 'ECONNREFUSED' && port === CLOSED_PORT);
  }
}

interface Failure {
  readonly code?: unknown;
  readonly port?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

/** A failure with what it wraps: "localhost" has several addresses, and a failure for each. */
function causesOf(error: unknown): Failure[] {
  if (typeof error !== 'object' || error === null) return [];
  const { cause, errors = [] }: Failure = error;
  return [error, ...[cause, ...errors].flatMap(causesOf)];
}
