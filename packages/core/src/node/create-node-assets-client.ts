import { AssetsClient, type AssetsClientOptions } from '../assets/assets-client.ts';
import { parseCredentials } from '../credentials.ts';
import type { Clock } from '../ports.ts';
import { systemClock } from './system-clock.ts';
import { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './undici-transport.ts';

export interface NodeAssetsClientOptions
  extends Partial<UndiciTransportOptions>,
    Pick<AssetsClientOptions, 'retry' | 'ledger'> {}

/** An `AssetsClient` with its own connections. */
export class NodeAssetsClient extends AssetsClient implements AsyncDisposable {
  readonly #transport: UndiciTransport;
  readonly #closing: AbortController;

  constructor(transport: UndiciTransport, options: Omit<AssetsClientOptions, 'transport' | 'clock'>) {
    const closing = new AbortController();
    super({ ...options, transport, clock: clockUntil(closing.signal) });
    this.#transport = transport;
    this.#closing = closing;
  }

  /**
   * Ends running calls, those that wait included, and releases the sockets: they and later ones throw `AbortedError`.
   * A process may also just end: idle sockets do not hold it.
   */
  close(): Promise<void> {
    this.#closing.abort();
    return this.#transport.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * A client that is ready to use on Node.js.
 * @param options `apiKey` and `baseUrl` default to the variables of the official SDK, `TWELVE_LABS_API_KEY` and
 * `TWELVELABS_BASE_URL`, and the base URL then to the platform's
 * @throws {ValidationError} when the key is missing or may not be sent, or the base URL or the proxy may not be used
 */
export function createNodeAssetsClient(options: NodeAssetsClientOptions = {}): NodeAssetsClient {
  const { retry, ledger, ...connection } = options;
  const { apiKey, baseUrl } = parseCredentials({
    apiKey: options.apiKey ?? fromEnvironment('TWELVE_LABS_API_KEY'),
    baseUrl: options.baseUrl ?? fromEnvironment('TWELVELABS_BASE_URL'),
  });
  return new NodeAssetsClient(undiciTransport({ ...connection, apiKey, baseUrl }), {
    baseUrl,
    retry,
    ledger,
  });
}

/** A variable that is set to nothing counts as not set. */
function fromEnvironment(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** The clock of this machine, whose sleepers `closing` wakes. */
function clockUntil(closing: AbortSignal): Clock {
  return {
    ...systemClock,
    sleep: (milliseconds, signal) =>
      systemClock.sleep(milliseconds, signal ? AbortSignal.any([signal, closing]) : closing),
  };
}
