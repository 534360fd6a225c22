import type { Resource } from '../form/operation';
import { analysis } from './analysis';
import { asset } from './asset';
import { embedding } from './embedding';
import { entity } from './entity';
import { index } from './index/index';
import { indexedAsset } from './indexedAsset';
import { search } from './search';

/** In the order of the drop-down. */
export const resources: readonly Resource[] = [
  asset,
  analysis,
  index,
  indexedAsset,
  search,
  embedding,
  entity,
];
