import { DatabaseSync } from 'node:sqlite';

/** Each entry takes a store from version `index` to `index + 1`. Never edit one that was released: add another. */
const migrations: readonly string[] = [
  `CREATE TABLE assets (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     method TEXT NOT NULL,
     status TEXT NOT NULL,
     filename TEXT NOT NULL,
     file_type TEXT,
     kind TEXT,
     url TEXT,
     created_at INTEGER NOT NULL,
     size INTEGER,
     duration REAL,
     technical_metadata TEXT,
     user_metadata TEXT,
     error TEXT,
     hls TEXT,
     thumbnail TEXT
   ) STRICT;
   CREATE TABLE index_references (
     id TEXT PRIMARY KEY,
     asset_id TEXT NOT NULL REFERENCES assets(id) ON DELETE CASCADE,
     index_id TEXT NOT NULL,
     index_name TEXT NOT NULL
   ) STRICT;
   CREATE INDEX index_references_by_asset ON index_references(asset_id);`,
  `CREATE TABLE uploads (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     asset_id TEXT NOT NULL UNIQUE,
     filename TEXT NOT NULL,
     type TEXT NOT NULL,
     total_size INTEGER NOT NULL,
     chunk_size INTEGER NOT NULL,
     total_chunks INTEGER NOT NULL,
     enable_hls INTEGER NOT NULL,
     enable_thumbnail INTEGER NOT NULL,
     user_metadata TEXT,
     status TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     expires_at INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE chunks (
     upload_id TEXT NOT NULL REFERENCES uploads(id) ON DELETE CASCADE,
     chunk_index INTEGER NOT NULL,
     status TEXT NOT NULL,
     etag TEXT,
     size INTEGER,
     updated_at INTEGER NOT NULL,
     uploaded_at INTEGER,
     error TEXT,
     PRIMARY KEY (upload_id, chunk_index)
   ) STRICT;
   CREATE TABLE upload_urls (
     token TEXT PRIMARY KEY,
     upload_id TEXT NOT NULL REFERENCES uploads(id) ON DELETE CASCADE,
     chunk_index INTEGER NOT NULL,
     expires_at INTEGER NOT NULL,
     used INTEGER NOT NULL DEFAULT 0
   ) STRICT;`,
  `CREATE TABLE records (
     sequence INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     parent TEXT,
     json TEXT NOT NULL,
     UNIQUE (kind, id)
   ) STRICT;
   CREATE INDEX records_by_parent ON records(kind, parent);
   DROP TABLE index_references;`,
];

/**
 * Opens the store's database, creating it or bringing it to this version's schema.
 *
 * @throws {Error} when another process has it open, or when a newer version of the emulator made it.
 */
export function openDatabase(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { timeout: 0 });
  try {
    // Two emulators over one folder would sweep away each other's uploads. The lock dies with its process.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    db.exec('PRAGMA foreign_keys = ON;');
    migrate(db, path);
  } catch (error) {
    db.close();
    if (error instanceof Error && /locked/.test(error.message)) {
      throw new Error(`The data folder is in use by another emulator: ${path}`, { cause: error });
    }
    throw error;
  }
  return db;
}

/** The schema version this code writes. */
export const schemaVersion: number = migrations.length;

function migrate(db: DatabaseSync, path: string): void {
  const version = Number(db.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  if (version > schemaVersion) {
    throw new Error(`${path} has schema version ${version}; this emulator knows ${schemaVersion} at most`);
  }
  for (let next = version; next < schemaVersion; next += 1) {
    transaction(db, () => {
      db.exec(migrations[next] ?? '');
      db.exec(`PRAGMA user_version = ${next + 1}`);
    });
  }
}

/** Runs `work` so that all of it is stored or none. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite may have rolled back already (a full disk does that), and a second ROLLBACK would hide the reason.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
