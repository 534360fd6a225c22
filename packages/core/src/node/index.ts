/** What `@twelvelabs-nodes/core` needs from the world, from Node.js. */
export {
  createNodeAssetsClient,
  NodeAssetsClient,
  type NodeAssetsClientOptions,
} from './create-node-assets-client.ts';
export { type BufferFileOptions, fileFromBuffer } from './file-from-buffer.ts';
export { fileFromPath } from './file-from-path.ts';
export { systemClock } from './system-clock.ts';
export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './undici-transport.ts';
export { userAgentOf } from './user-agent.ts';
