import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Kind, UserMetadata } from '../asset-record.ts';
import type { Page } from './assets.ts';
import { transaction } from './database.ts';

export type UploadStatus = 'active' | 'completed' | 'failed' | 'expired';

/** A multipart upload session. Times in milliseconds since the epoch, sizes in bytes. */
export interface UploadRecord {
  readonly id: string;
  readonly asset_id: string;
  readonly filename: string;
  readonly type: Kind;
  readonly total_size: number;
  readonly chunk_size: number;
  readonly total_chunks: number;
  readonly enable_hls: boolean;
  readonly enable_thumbnail: boolean;
  readonly user_metadata: UserMetadata | null;
  readonly status: UploadStatus;
  readonly created_at: number;
  readonly updated_at: number;
  readonly expires_at: number;
}

/** A part of which something is known. `pending`: stored, not reported. */
export interface ChunkRecord {
  readonly index: number;
  readonly status: 'pending' | 'completed' | 'failed';
  /** MD5 of the content, hexadecimal. */
  readonly etag: string | null;
  readonly size: number | null;
  readonly updated_at: number;
  readonly uploaded_at: number | null;
  readonly error: string | null;
}

export interface UrlRecord {
  readonly token: string;
  readonly upload_id: string;
  readonly chunk_index: number;
  readonly expires_at: number;
  readonly used: boolean;
}

type Row = Record<string, SQLOutputValue>;

/** Multipart upload sessions, their parts and presigned URLs. */
export class UploadTable {
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  insert(upload: UploadRecord): void {
    this.#db
      .prepare(
        `INSERT INTO uploads (id, asset_id, filename, type, total_size, chunk_size, total_chunks, enable_hls,
           enable_thumbnail, user_metadata, status, created_at, updated_at, expires_at)
         VALUES (:id, :asset_id, :filename, :type, :total_size, :chunk_size, :total_chunks, :enable_hls,
           :enable_thumbnail, :user_metadata, :status, :created_at, :updated_at, :expires_at)`,
      )
      .run({
        ...upload,
        enable_hls: Number(upload.enable_hls),
        enable_thumbnail: Number(upload.enable_thumbnail),
        user_metadata: upload.user_metadata === null ? null : JSON.stringify(upload.user_metadata),
      });
  }

  get(id: string): UploadRecord | undefined {
    const row = this.#db.prepare('SELECT * FROM uploads WHERE id = ?').get(id);
    return row === undefined ? undefined : uploadOf(row);
  }

  byAsset(assetId: string): UploadRecord | undefined {
    const row = this.#db.prepare('SELECT * FROM uploads WHERE asset_id = ?').get(assetId);
    return row === undefined ? undefined : uploadOf(row);
  }

  setStatus(id: string, status: UploadStatus, now: number): void {
    this.#db.prepare('UPDATE uploads SET status = ?, updated_at = ? WHERE id = ?').run(status, now, id);
  }

  /** Sessions that wait for parts, newest first. */
  active(page: Page): { uploads: UploadRecord[]; total: number } {
    const total = this.#db
      .prepare("SELECT count(*) AS total FROM uploads WHERE status = 'active'")
      .get()?.total;
    const rows = this.#db
      .prepare(
        `SELECT * FROM uploads WHERE status = 'active' ORDER BY created_at DESC, sequence DESC LIMIT ? OFFSET ?`,
      )
      .all(page.limit, (page.page - 1) * page.limit);
    return { uploads: rows.map(uploadOf), total: Number(total ?? 0) };
  }

  /** Marks sessions that have expired. @returns their ids. */
  expire(now: number): string[] {
    return this.#db
      .prepare(
        `UPDATE uploads SET status = 'expired', updated_at = :now
         WHERE status = 'active' AND expires_at <= :now RETURNING id`,
      )
      .all({ now })
      .map((row) => String(row.id));
  }

  /** Sessions whose parts have to be kept. */
  idsWithChunks(): Set<string> {
    const rows = this.#db.prepare("SELECT id FROM uploads WHERE status IN ('active', 'completed')").all();
    return new Set(rows.map((row) => String(row.id)));
  }

  deleteAll(): void {
    this.#db.exec('DELETE FROM uploads');
  }

  addUrls(urls: readonly UrlRecord[]): void {
    const insert = this.#db.prepare(
      'INSERT INTO upload_urls (token, upload_id, chunk_index, expires_at) VALUES (?, ?, ?, ?)',
    );
    transaction(this.#db, () => {
      for (const url of urls) insert.run(url.token, url.upload_id, url.chunk_index, url.expires_at);
    });
  }

  url(token: string): UrlRecord | undefined {
    const row = this.#db.prepare('SELECT * FROM upload_urls WHERE token = ?').get(token);
    if (row === undefined) return undefined;
    return {
      token,
      upload_id: String(row.upload_id),
      chunk_index: Number(row.chunk_index),
      expires_at: Number(row.expires_at),
      used: row.used === 1,
    };
  }

  /** A part's content is in place: its URL is used up, and its new content waits to be reported. */
  chunkStored(url: UrlRecord, etag: string, size: number, now: number): void {
    transaction(this.#db, () => {
      this.#db.prepare('UPDATE upload_urls SET used = 1 WHERE token = ?').run(url.token);
      this.#db
        .prepare(
          `INSERT INTO chunks (upload_id, chunk_index, status, etag, size, updated_at)
             VALUES (:upload, :index, 'pending', :etag, :size, :now)
           ON CONFLICT DO UPDATE SET status = 'pending', size = :size, updated_at = :now, uploaded_at = NULL,
             error = NULL, etag = :etag WHERE etag IS NOT :etag OR status = 'failed'`,
        )
        .run({ upload: url.upload_id, index: url.chunk_index, etag, size, now });
    });
  }

  chunk(uploadId: string, index: number): ChunkRecord | undefined {
    const row = this.#db
      .prepare('SELECT * FROM chunks WHERE upload_id = ? AND chunk_index = ?')
      .get(uploadId, index);
    return row === undefined ? undefined : chunkOf(row);
  }

  /** The parts of `from` to `to` of which something is known, by index. */
  chunks(uploadId: string, from: number, to: number): Map<number, ChunkRecord> {
    const rows = this.#db
      .prepare('SELECT * FROM chunks WHERE upload_id = ? AND chunk_index BETWEEN ? AND ?')
      .all(uploadId, from, to);
    return new Map(rows.map((row) => [Number(row.chunk_index), chunkOf(row)]));
  }

  completeChunks(uploadId: string, indexes: readonly number[], now: number): void {
    const update = this.#db.prepare(
      `UPDATE chunks SET status = 'completed', uploaded_at = :now, updated_at = :now, error = NULL
       WHERE upload_id = :upload AND chunk_index = :index`,
    );
    transaction(this.#db, () => {
      for (const index of indexes) update.run({ upload: uploadId, index, now });
      this.#db.prepare('UPDATE uploads SET updated_at = ? WHERE id = ?').run(now, uploadId);
    });
  }

  failChunk(uploadId: string, index: number, error: string, now: number): void {
    this.#db
      .prepare(
        `UPDATE chunks SET status = 'failed', error = :error, updated_at = :now, uploaded_at = NULL
         WHERE upload_id = :upload AND chunk_index = :index`,
      )
      .run({ upload: uploadId, index, error, now });
  }

  counts(uploadId: string): { completed: number; failed: number; completedSize: number } {
    const row = this.#db
      .prepare(
        `SELECT count(*) FILTER (WHERE status = 'completed') AS completed,
           count(*) FILTER (WHERE status = 'failed') AS failed,
           coalesce(sum(size) FILTER (WHERE status = 'completed'), 0) AS completed_size
         FROM chunks WHERE upload_id = ?`,
      )
      .get(uploadId);
    return {
      completed: Number(row?.completed ?? 0),
      failed: Number(row?.failed ?? 0),
      completedSize: Number(row?.completed_size ?? 0),
    };
  }
}

function uploadOf(row: Row): UploadRecord {
  const metadata = row.user_metadata;
  return {
    id: String(row.id),
    asset_id: String(row.asset_id),
    filename: String(row.filename),
    type: String(row.type) as Kind,
    total_size: Number(row.total_size),
    chunk_size: Number(row.chunk_size),
    total_chunks: Number(row.total_chunks),
    enable_hls: row.enable_hls === 1,
    enable_thumbnail: row.enable_thumbnail === 1,
    user_metadata: typeof metadata === 'string' ? (JSON.parse(metadata) as UserMetadata) : null,
    status: String(row.status) as UploadStatus,
    created_at: Number(row.created_at),
    updated_at: Number(row.updated_at),
    expires_at: Number(row.expires_at),
  };
}

function chunkOf(row: Row): ChunkRecord {
  return {
    index: Number(row.chunk_index),
    status: String(row.status) as ChunkRecord['status'],
    etag: typeof row.etag === 'string' ? row.etag : null,
    size: row.size === null ? null : Number(row.size),
    updated_at: Number(row.updated_at),
    uploaded_at: row.uploaded_at === null ? null : Number(row.uploaded_at),
    error: typeof row.error === 'string' ? row.error : null,
  };
}
