/** Kinds of things that the platform stores. */
export type ResourceName =
  | 'asset'
  | 'upload_session'
  | 'index'
  | 'indexed_asset'
  | 'analysis_task'
  | 'embedding_task'
  | 'entity_collection'
  | 'entity';

/** The thing that an error is about. */
export interface Subject {
  readonly resource: ResourceName;
  readonly id: string;
}

const NAMES: Readonly<Record<ResourceName, string>> = {
  asset: 'asset',
  upload_session: 'upload session',
  index: 'index',
  indexed_asset: 'indexed asset',
  analysis_task: 'analysis task',
  embedding_task: 'embedding task',
  entity_collection: 'entity collection',
  entity: 'entity',
};

/** `indexed asset 6298d6…`, for messages. */
export function nameOf({ resource, id }: Subject): string {
  return `${NAMES[resource]} ${id}`;
}

/** A text as the start of a sentence: with a capital letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
