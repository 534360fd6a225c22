export { mentionOf, type SearchAllParams, type SearchParams } from './params.ts';
export type { SearchClip, SearchItem, SearchPage } from './schema.ts';
export type { SearchAllOptions, SearchOptions } from './search.ts';
export type { SearchClient } from './search-client.ts';
