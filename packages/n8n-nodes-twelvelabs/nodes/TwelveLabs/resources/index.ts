import { asset } from './asset';
import type { Resource } from './operation';

/** In the order of the drop-down. */
export const resources: readonly Resource[] = [asset];
