/** What the nodes use of core; the build makes a file of its own from this one. */
export { AbortedError, parseCredentials, TwelveLabsError, ValidationError } from '@twelvelabs-nodes/core';
export { createNodeAssetsClient, fileFromBuffer, fileFromPath } from '@twelvelabs-nodes/core/node';
