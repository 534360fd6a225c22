import { setMaxListeners } from 'node:events';
import { parseCredentials } from '../credentials.ts';
import type { ClientOptions } from '../http/connection.ts';
import { systemClock } from './system-clock.ts';
import { type UndiciTransportOptions, undiciTransport } from './undici-transport.ts';

export interface NodeClientOptions
  extends Partial<UndiciTransportOptions>,
    Pick<ClientOptions, 'userAgent' | 'retry'> {}

/** What a client runs on here, and how to end it. */
export interface OwnConnections {
  readonly options: ClientOptions;
  close(): Promise<void>;
}

/** @throws {ValidationError} when the key is missing or may not be sent, or the base URL or the proxy may not be used */
export function connect({ retry, ...connection }: NodeClientOptions): OwnConnections {
  const { apiKey, baseUrl } = parseCredentials({
    apiKey: connection.apiKey ?? fromEnvironment('TWELVE_LABS_API_KEY'),
    baseUrl: connection.baseUrl ?? fromEnvironment('TWELVELABS_BASE_URL'),
  });
  const closing = new AbortController();
  // Every running call listens to it, and Node.js 22 takes more than ten listeners for a leak.
  setMaxListeners(0, closing.signal);
  const transport = undiciTransport({ ...connection, apiKey, baseUrl });
  return {
    options: { transport, clock: systemClock, baseUrl, retry, signal: closing.signal },
    close() {
      closing.abort();
      return transport.close();
    },
  };
}

/** A variable that is set to nothing counts as not set. */
function fromEnvironment(name: string): string | undefined {
  return process.env[name] || undefined;
}
