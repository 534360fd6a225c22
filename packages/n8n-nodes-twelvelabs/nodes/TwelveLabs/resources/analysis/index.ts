import type { Resource } from '../../form/operation';
import { analyze } from './analyze';

export const analysis: Resource = {
  value: 'analysis',
  name: 'Analysis',
  default: 'analyze',
  operations: [analyze],
};
