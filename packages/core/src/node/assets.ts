/** The part of the Node.js entry that creates assets, for code that needs no more: it loads none of what follows an asset. */

export { type BufferFileOptions, fileFromBuffer } from '../files/from-bytes.ts';
export type { NodeClientOptions } from './connect.ts';
export {
  createNodeAssetsClient,
  NodeAssetsClient,
  type NodeAssetsClientOptions,
} from './create-assets-client.ts';
export { fileFromPath } from './file-from-path.ts';
