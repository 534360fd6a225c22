import type { DatabaseSync } from 'node:sqlite';

/** What every stored record has. */
export interface Stored {
  readonly id: string;
  /** What it belongs to, such as the index of an indexed asset; null for nothing. */
  readonly parent: string | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

/** The records of one kind, kept as JSON: the emulator filters them in memory. */
export class RecordTable<T extends Stored> {
  readonly #db: DatabaseSync;
  readonly #kind: string;
  readonly #onChange: () => void;

  /**
   * @param kind distinguishes these records from those of other tables.
   * @param onChange called after every change.
   */
  constructor(db: DatabaseSync, kind: string, onChange: () => void) {
    this.#db = db;
    this.#kind = kind;
    this.#onChange = onChange;
  }

  insert(record: T): void {
    this.#db
      .prepare('INSERT INTO records (kind, id, parent, json) VALUES (?, ?, ?, ?)')
      .run(this.#kind, record.id, record.parent, JSON.stringify(record));
    this.#onChange();
  }

  get(id: string): T | undefined {
    const row = this.#db.prepare('SELECT json FROM records WHERE kind = ? AND id = ?').get(this.#kind, id);
    return row === undefined ? undefined : (JSON.parse(String(row.json)) as T);
  }

  /** Stores the fields in `changes`. A deleted record stays deleted. */
  update(id: string, changes: Partial<T>): void {
    const record = this.get(id);
    if (record === undefined) return;
    this.#db
      .prepare('UPDATE records SET json = ? WHERE kind = ? AND id = ?')
      .run(JSON.stringify({ ...record, ...changes }), this.#kind, id);
    this.#onChange();
  }

  delete(id: string): void {
    this.#db.prepare('DELETE FROM records WHERE kind = ? AND id = ?').run(this.#kind, id);
    this.#onChange();
  }

  /** Deletes what belongs to `parent`. */
  deleteOf(parent: string): void {
    this.#db.prepare('DELETE FROM records WHERE kind = ? AND parent = ?').run(this.#kind, parent);
    this.#onChange();
  }

  /** Deletes what was created before a time, milliseconds since the epoch. */
  deleteBefore(time: number): void {
    this.#db
      .prepare("DELETE FROM records WHERE kind = ? AND json_extract(json, '$.created_at') < ?")
      .run(this.#kind, time);
  }

  /** All records, or those that belong to `parent`, oldest first. */
  all(parent?: string): T[] {
    const rows =
      parent === undefined
        ? this.#db.prepare('SELECT json FROM records WHERE kind = ? ORDER BY sequence').all(this.#kind)
        : this.#db
            .prepare('SELECT json FROM records WHERE kind = ? AND parent = ? ORDER BY sequence')
            .all(this.#kind, parent);
    return rows.map((row) => JSON.parse(String(row.json)) as T);
  }
}
