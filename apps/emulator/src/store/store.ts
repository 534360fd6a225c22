import type { DatabaseSync } from 'node:sqlite';
import type { CollectionRecord, EntityRecord } from './entities.ts';
import type { IndexedAssetRecord, IndexRecord } from './indexes.ts';
import { RecordTable } from './records.ts';
import type { SearchRecord } from './searches.ts';
import type { AnalyzeTaskRecord, EmbedTaskRecord } from './tasks.ts';

/** The tables of everything that follows an asset. */
export interface Store {
  readonly indexes: RecordTable<IndexRecord>;
  readonly indexedAssets: RecordTable<IndexedAssetRecord>;
  readonly searches: RecordTable<SearchRecord>;
  readonly analyzeTasks: RecordTable<AnalyzeTaskRecord>;
  readonly embedTasks: RecordTable<EmbedTaskRecord>;
  readonly collections: RecordTable<CollectionRecord>;
  readonly entities: RecordTable<EntityRecord>;
  /** Deletes all of it. */
  clear(): void;
}

/** @param onChange called after every change. */
export function createStore(db: DatabaseSync, onChange: () => void): Store {
  return {
    indexes: new RecordTable(db, 'index', onChange),
    indexedAssets: new RecordTable(db, 'indexed asset', onChange),
    searches: new RecordTable(db, 'search', onChange),
    analyzeTasks: new RecordTable(db, 'analyze task', onChange),
    embedTasks: new RecordTable(db, 'embed task', onChange),
    collections: new RecordTable(db, 'entity collection', onChange),
    entities: new RecordTable(db, 'entity', onChange),
    clear() {
      db.exec('DELETE FROM records');
      onChange();
    },
  };
}
