/** What the nodes use of core; the build makes a file of its own from this one. */
export {
  AbortedError,
  ApiError,
  AssetFailedError,
  AuthenticationError,
  checkRequirements,
  createAsset,
  deleteAsset,
  deleteUserMetadata,
  FileReadError,
  listAssets,
  parseCredentials,
  parseUseCases,
  replaceUserMetadata,
  retrieveAsset,
  shapeOf,
  TwelveLabsError,
  updateUserMetadata,
  ValidationError,
  waitUntilReady,
} from '@twelvelabs-nodes/core';
export { createTwelveLabsClient, fileFromBuffer, fileFromPath } from '@twelvelabs-nodes/core/node';
