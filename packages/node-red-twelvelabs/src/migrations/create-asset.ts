import type { Step } from './step.ts';

/**
 * Version 1 held plain values, and had no setting for metadata, time limits, the upload's way or the wait's details.
 * Version 2 made every setting a typed input, which is a value and its type.
 */
const typedInputs: Step = (config) => ({
  ...config,
  methodType: 'fixed',
  filenameType: 'str',
  enableHls: String(config.enableHls === true),
  enableHlsType: 'bool',
  enableThumbnail: String(config.enableThumbnail === true),
  enableThumbnailType: 'bool',
  waitUntilReady: String(config.waitUntilReady === true),
  waitUntilReadyType: 'bool',
});

export const createAssetSteps: readonly Step[] = [typedInputs];
