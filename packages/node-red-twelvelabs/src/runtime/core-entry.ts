/** What the nodes use of core; the build makes a file of its own from this one. */
export {
  AbortedError,
  ApiError,
  AssetsClient,
  checkRequirements,
  FileReadError,
  parseCredentials,
  parseUseCases,
  shapeOf,
  TwelveLabsError,
  ValidationError,
} from '@twelvelabs-nodes/core';
export {
  createNodeAssetsClient,
  fileFromBuffer,
  fileFromPath,
  systemClock,
} from '@twelvelabs-nodes/core/node';
