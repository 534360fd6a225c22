import path from 'node:path';
import { type Account, startContractDriver } from './contract-driver.ts';
import type { DrivenParams } from './drive-workflow.ts';
import type { StartOptions } from './server.ts';

/** One line of the demo's table. */
export interface DemoRow {
  readonly host: 'n8n';
  /** The file's name, or the URL. */
  readonly source: string;
  readonly method: string | undefined;
  readonly _id: string;
  readonly status: string | undefined;
  /** Media type. */
  readonly file_type: string | undefined;
  /** Bytes. */
  readonly size: number | undefined;
  /** Seconds; images have none. */
  readonly duration: number | undefined;
}

export interface DemoOptions {
  /** Media on disk: a path each. Default: none. */
  readonly files?: readonly string[];
  /** Media for the platform to fetch. Default: none. */
  readonly urls?: readonly string[];
  /** Told each row as it comes. */
  readonly onRow?: (row: DemoRow) => void;
  readonly n8n?: StartOptions;
}

/**
 * The main job in a real n8n: creates an asset from each source, waits until it is ready, and ends.
 * @throws {Error} naming the source and the reason when one fails
 */
export async function runDemo(account: Account, options: DemoOptions): Promise<DemoRow[]> {
  const { files = [], urls = [], onRow, n8n } = options;
  await using driver = await startContractDriver(account, n8n);
  const rows: DemoRow[] = [];
  const create = async (source: string, params: DrivenParams) => {
    const { asset, error } = await driver.create(params, { waitUntilReady: true });
    if (error) throw new Error(`n8n, ${source}: ${error.message} ${error.description ?? ''}`.trim());
    const { _id, method, status, file_type, size, duration } = asset as unknown as DemoRow;
    const row: DemoRow = { host: 'n8n', source, method, _id, status, file_type, size, duration };
    rows.push(row);
    onRow?.(row);
  };
  for (const file of files)
    await create(path.basename(file), { method: 'direct', file: { path: path.resolve(file) } });
  for (const url of urls) await create(url, { method: 'url', url });
  return rows;
}
