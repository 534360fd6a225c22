import { AssetsClient, type AssetsClientOptions } from '../assets/assets-client.ts';
import { connect, type NodeClientOptions, type OwnConnections } from './connect.ts';

export interface NodeAssetsClientOptions extends NodeClientOptions, Pick<AssetsClientOptions, 'ledger'> {}

/** An `AssetsClient` with its own connections. */
export class NodeAssetsClient extends AssetsClient implements AsyncDisposable {
  /** As `close` of a `NodeTwelveLabsClient`. */
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
 * Creates a client for assets only that is ready to use on Node.js: see `createTwelveLabsClient`.
 * @throws {ValidationError} when the key is missing or may not be sent, or the base URL or the proxy may not be used
 */
export function createNodeAssetsClient({
  ledger,
  ...options
}: NodeAssetsClientOptions = {}): NodeAssetsClient {
  return new NodeAssetsClient(connect(options), ledger);
}
