import { TwelveLabsClient } from '../client.ts';
import { connect, type NodeClientOptions, type OwnConnections } from './connect.ts';

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

/**
 * Creates a client that is ready to use on Node.js.
 * @param options `apiKey` and `baseUrl` default to the variables of the official SDK, `TWELVE_LABS_API_KEY` and
 * `TWELVELABS_BASE_URL`, and the base URL then to the platform's
 * @throws {ValidationError} when the key is missing or may not be sent, or the base URL or the proxy may not be used
 */
export function createTwelveLabsClient(options: NodeClientOptions = {}): NodeTwelveLabsClient {
  return new NodeTwelveLabsClient(connect(options));
}
