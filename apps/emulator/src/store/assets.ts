import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { AssetMethod, AssetRecord, AssetStatus, Derived, Kind, UserMetadata } from '../asset-record.ts';

export interface AssetFilter {
  readonly ids?: readonly string[] | undefined;
  readonly kinds?: readonly Kind[] | undefined;
  /** Part of the filename, whatever its case. */
  readonly filename?: string | undefined;
}

export interface Page {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

type Row = Record<string, SQLOutputValue>;

/** The assets table. */
export class AssetTable {
  readonly #db: DatabaseSync;
  readonly #onChange: () => void;

  /** @param onChange called after every change to an asset. */
  constructor(db: DatabaseSync, onChange: () => void = () => undefined) {
    this.#db = db;
    this.#onChange = onChange;
    // SQLite's own lower() knows ASCII only.
    db.function('lower_case', { deterministic: true }, (text) => String(text).toLowerCase());
  }

  insert(asset: AssetRecord): void {
    this.#db
      .prepare(
        `INSERT INTO assets (id, method, status, filename, file_type, kind, url, created_at, size, duration,
           technical_metadata, user_metadata, error, hls, thumbnail)
         VALUES (:id, :method, :status, :filename, :file_type, :kind, :url, :created_at, :size, :duration,
           :technical_metadata, :user_metadata, :error, :hls, :thumbnail)`,
      )
      .run(toRow(asset));
    this.#onChange();
  }

  get(id: string): AssetRecord | undefined {
    const row = this.#db.prepare('SELECT * FROM assets WHERE id = ?').get(id);
    return row === undefined ? undefined : fromRow(row);
  }

  /** Stores the fields in `changes`. A deleted asset stays deleted. */
  update(id: string, changes: Partial<AssetRecord>): void {
    const columns = Object.keys(changes);
    if (columns.length === 0) return;
    const row = toRow(changes);
    this.#db
      .prepare(`UPDATE assets SET ${columns.map((name) => `${name} = :${name}`).join(', ')} WHERE id = :key`)
      .run({ ...row, key: id });
    this.#onChange();
  }

  delete(id: string): boolean {
    const { changes } = this.#db.prepare('DELETE FROM assets WHERE id = ?').run(id);
    this.#onChange();
    return changes > 0;
  }

  deleteAll(): void {
    this.#db.exec('DELETE FROM assets');
    this.#onChange();
  }

  /** One page, newest first, and how many there are in all. */
  list(filter: AssetFilter, page: Page): { assets: AssetRecord[]; total: number } {
    const where: string[] = [];
    const values: string[] = [];
    if (filter.ids !== undefined) {
      where.push(`id IN (${filter.ids.map(() => '?').join(', ')})`);
      values.push(...filter.ids);
    }
    if (filter.kinds !== undefined) {
      where.push(`kind IN (${filter.kinds.map(() => '?').join(', ')})`);
      values.push(...filter.kinds);
    }
    if (filter.filename !== undefined) {
      where.push('instr(lower_case(filename), ?) > 0');
      values.push(filter.filename.toLowerCase());
    }
    const clause = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
    const total = this.#db.prepare(`SELECT count(*) AS total FROM assets ${clause}`).get(...values)?.total;
    const rows = this.#db
      .prepare(`SELECT * FROM assets ${clause} ORDER BY created_at DESC, sequence DESC LIMIT ? OFFSET ?`)
      .all(...values, page.limit, (page.page - 1) * page.limit);
    return { assets: rows.map(fromRow), total: Number(total ?? 0) };
  }

  /** Assets whose work a stop or a crash left undone, oldest first; not those that are still being uploaded. */
  unfinished(): AssetRecord[] {
    return this.#db
      .prepare(
        `SELECT * FROM assets WHERE (status = 'processing'
             AND id NOT IN (SELECT asset_id FROM uploads WHERE status = 'active'))
           OR (status = 'ready' AND (hls LIKE '{"status":"p%' OR thumbnail LIKE '{"status":"p%'))
         ORDER BY sequence`,
      )
      .all()
      .map(fromRow);
  }

  ids(): Set<string> {
    return new Set(
      this.#db
        .prepare('SELECT id FROM assets')
        .all()
        .map((row) => String(row.id)),
    );
  }
}

const jsonColumns = new Set(['technical_metadata', 'user_metadata', 'hls', 'thumbnail']);

function toRow(asset: Partial<AssetRecord>): Record<string, string | number | null> {
  const row: Record<string, string | number | null> = {};
  for (const [name, value] of Object.entries(asset)) {
    row[name] =
      jsonColumns.has(name) && value !== null ? JSON.stringify(value) : (value as string | number | null);
  }
  return row;
}

function fromRow(row: Row): AssetRecord {
  return {
    id: String(row.id),
    method: String(row.method) as AssetMethod,
    status: String(row.status) as AssetStatus,
    filename: String(row.filename),
    file_type: textOrNull(row.file_type),
    kind: textOrNull(row.kind) as Kind | null,
    url: textOrNull(row.url),
    created_at: Number(row.created_at),
    size: numberOrNull(row.size),
    duration: numberOrNull(row.duration),
    technical_metadata: jsonOrNull<Record<string, unknown>>(row.technical_metadata),
    user_metadata: jsonOrNull<UserMetadata>(row.user_metadata),
    error: textOrNull(row.error),
    hls: jsonOrNull<Derived>(row.hls),
    thumbnail: jsonOrNull<Derived>(row.thumbnail),
  };
}

function textOrNull(value: SQLOutputValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOrNull(value: SQLOutputValue | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}

function jsonOrNull<T>(value: SQLOutputValue | undefined): T | null {
  return typeof value === 'string' ? (JSON.parse(value) as T) : null;
}
