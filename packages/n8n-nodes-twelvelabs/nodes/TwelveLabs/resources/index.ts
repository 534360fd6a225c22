import type { Resource } from '../form/operation';
import { analysis } from './analysis';
import { asset } from './asset';
import { embedding } from './embedding';
import { entity } from './entity';
import { index } from './index/index';
import { indexedAsset } from './indexedAsset';
import { search } from './search';

/** The resource of a new node. */
export const DEFAULT_RESOURCE = 'asset';

/** In the order of the drop-down and of the panel, where people look for an answer first. */
export const resources: readonly Resource[] = [
  analysis,
  asset,
  index,
  indexedAsset,
  search,
  embedding,
  entity,
];
