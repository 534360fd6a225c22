import type { Resource } from '../../form/operation';
import { query } from './query';

export const search: Resource = { value: 'search', name: 'Search', default: 'query', operations: [query] };
