import type { Resource } from '../form/operation';
import { asset } from './asset';

/** In the order of the drop-down. */
export const resources: readonly Resource[] = [asset];
