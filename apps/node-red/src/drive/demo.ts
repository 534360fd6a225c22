import path from 'node:path';
import type { StartOptions } from '../harness/node-red.ts';
import { startContractDriver } from './contract-driver.ts';
import type { Account } from './node-flow.ts';
import { serveFolder } from './static-server.ts';

/** One line of the demo's table. */
export interface DemoRow {
  host: 'Node-RED';
  /** The file's name, or the URL. */
  source: string;
  method: string | undefined;
  _id: string;
  status: string | undefined;
  /** Media type. */
  file_type: string | undefined;
  /** Bytes. */
  size: number | undefined;
  /** Seconds; images have none. */
  duration: number | undefined;
}

export interface DemoOptions {
  /** Media on disk: a path each. Default: none. */
  files?: readonly string[];
  /** Media for the platform to fetch: URLs, or paths that are served on this machine for the time of the demo. */
  urls?: readonly string[];
  /** Told each row as it comes. */
  onRow?: (row: DemoRow) => void;
  nodeRed?: StartOptions;
}

/**
 * The main job in a real Node-RED: creates an asset from each source, waits until it is ready, and ends.
 * @throws {Error} naming the source and the reason when one fails.
 */
export async function runDemo(
  account: Account,
  { files = [], urls = [], onRow, nodeRed }: DemoOptions,
): Promise<DemoRow[]> {
  await using driver = await startContractDriver(account, nodeRed);
  const rows: DemoRow[] = [];
  const create = async (source: string, params: Parameters<typeof driver.create>[0]) => {
    const { asset, error } = await driver.create(params, { waitUntilReady: true });
    if (error) throw new Error(`Node-RED, ${source}: ${error.message}`);
    const { _id, method, status, file_type, size, duration } = asset as unknown as DemoRow;
    const row: DemoRow = { host: 'Node-RED', source, method, _id, status, file_type, size, duration };
    rows.push(row);
    onRow?.(row);
  };
  for (const file of files) await create(path.basename(file), { method: 'direct', file: { path: file } });
  for (const url of urls) {
    if (/^https?:/.test(url)) {
      await create(url, { method: 'url', url });
      continue;
    }
    await using server = await serveFolder(path.dirname(url));
    const served = `${server.url}/${encodeURIComponent(path.basename(url))}`;
    await create(served, { method: 'url', url: served });
  }
  return rows;
}
