/** Core's ports, implemented with Node.js. */

export { type BufferFileOptions, fileFromBuffer } from '../files/from-bytes.ts';
export type { NodeClientOptions } from './connect.ts';
export {
  createNodeAssetsClient,
  NodeAssetsClient,
  type NodeAssetsClientOptions,
} from './create-assets-client.ts';
export { createTwelveLabsClient, NodeTwelveLabsClient } from './create-client.ts';
export { fileFromPath } from './file-from-path.ts';
export { systemClock } from './system-clock.ts';
export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './undici-transport.ts';
export { userAgentOf } from './user-agent.ts';
