import type { Resource } from '../../form/operation';
import { analyze } from './analyze';
import { segment } from './segment';
import { deleteTask, getTask, getTasks } from './tasks';

export const analysis: Resource = {
  value: 'analysis',
  name: 'Analysis',
  default: 'analyze',
  operations: [analyze, deleteTask, getTasks, getTask, segment],
};
