import type { Resource } from '../../form/operation';
import { create } from './create';

export const embedding: Resource = {
  value: 'embedding',
  name: 'Embedding',
  default: 'create',
  operations: [create],
};
