import type { Resource } from '../form/operation';
import { analysis } from './analysis';
import { asset } from './asset';
import { index } from './index/index';
import { indexedAsset } from './indexedAsset';

/** In the order of the drop-down. */
export const resources: readonly Resource[] = [asset, analysis, index, indexedAsset];
