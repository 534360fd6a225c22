import { pick } from './pick';

export const indexId = pick('params.index_id', 'indexId', 'Index', 'searchIndexes');
