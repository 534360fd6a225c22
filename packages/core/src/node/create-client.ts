import { AssetsClient, type AssetsClientOptions } from '../assets/assets-client.ts';
import { TwelveLabsClient } from '../client.ts';
import { parseCredentials } from '../credentials.ts';
import type { ClientOptions } from '../http/connection.ts';
import type { Clock } from '../ports.ts';
import { systemClock } from './system-clock.ts';
import { type UndiciTransportOptions, undiciTransport } from './undici-transport.ts';

export interface NodeClientOptions
  extends Partial<UndiciTransportOptions>,
    Pick<ClientOptions, 'userAgent' | 'retry'> {}

export interface NodeAssetsClientOptions extends NodeClientOptions, Pick<AssetsClientOptions, 'ledger'> {}

/** What a client runs on here, and how to end it. */
interface OwnConnections {
  readonly options: ClientOptions;
  close(): Promise<void>;
}

/** A `TwelveLabsClient` with its own connections. */
export class NodeTwelveLabsClient extends TwelveLabsClient implements AsyncDisposable {
  /**
   * Aborts running calls, those that wait included, and releases the sockets: these calls and later ones throw
   * `AbortedError`. A process may also just end: idle sockets do not keep it alive.
   */
  readonly close: () => Promise<void>;

  constructor({ options, close }: OwnConnections) {
    super(options);
    this.close = close;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** An `AssetsClient` with its own connections. */
export class NodeAssetsClient extends AssetsClient implements AsyncDisposable {
  /** As `close` of {@link NodeTwelveLabsClient}. */
  readonly close: () => Promise<void>;

  constructor({ options, close }: OwnConnections, ledger: AssetsClientOptions['ledger']) {
    super({ ...options, ledger });
    this.close = close;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Creates a client that is ready to use on Node.js.
 * @param options `apiKey` and `baseUrl` default to the variables of the official SDK, `TWELVE_LABS_API_KEY` and
 * `TWELVELABS_BASE_URL`, and the base URL then to the platform's
 * @throws {ValidationError} when the key is missing or may not be sent, or the base URL or the proxy may not be used
 */
export function createTwelveLabsClient(options: NodeClientOptions = {}): NodeTwelveLabsClient {
  return new NodeTwelveLabsClient(connect(options));
}

/** The same, for code that needs assets only. */
export function createNodeAssetsClient({
  ledger,
  ...options
}: NodeAssetsClientOptions = {}): NodeAssetsClient {
  return new NodeAssetsClient(connect(options), ledger);
}

function connect({ retry, ...connection }: NodeClientOptions): OwnConnections {
  const { apiKey, baseUrl } = parseCredentials({
    apiKey: connection.apiKey ?? fromEnvironment('TWELVE_LABS_API_KEY'),
    baseUrl: connection.baseUrl ?? fromEnvironment('TWELVELABS_BASE_URL'),
  });
  const closing = new AbortController();
  const transport = undiciTransport({ ...connection, apiKey, baseUrl });
  return {
    options: { transport, clock: clockUntil(closing.signal), baseUrl, retry },
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

/** The clock of this machine, whose sleepers `closing` wakes. */
function clockUntil(closing: AbortSignal): Clock {
  return {
    ...systemClock,
    sleep: (milliseconds, signal) =>
      systemClock.sleep(milliseconds, signal ? AbortSignal.any([signal, closing]) : closing),
  };
}
