import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runN8n } from '@twelvelabs-nodes/app-n8n';
import type { n8nRunner, nodeRedRunner } from '../runners/hosts.ts';
import { type Found, searchFolder } from './search.ts';

export interface RunningHosts {
  n8n?: Awaited<ReturnType<typeof n8nRunner>> | undefined;
  nodeRed?: Awaited<ReturnType<typeof nodeRedRunner>> | undefined;
}

/** A folder in which everything that runs from here on keeps its temporary files. */
export interface WatchedFolder extends AsyncDisposable {
  readonly folder: string;
  /** Every place below it where the key, or one of the words that are known to be there, is found; and dumps. */
  search(key: string, ...known: readonly string[]): Promise<Traces>;
}

export interface Traces {
  readonly found: readonly Found[];
  /** How many files were searched. */
  readonly files: number;
  /** Core dumps, heap snapshots and crash reports, here and in the working folder. */
  readonly dumps: readonly string[];
}

/** What a command says of a search, and whether it is as it has to be. */
export function describeTraces({ found, files, dumps }: Traces): { line: string; clean: boolean } {
  const clean = found.length === 0 && dumps.length === 0;
  const where = found.map(({ path, form }) => `${path} (${form})`);
  const wrong = clean ? '' : `: WRONG, ${[...where, ...dumps].join(', ')}`;
  return {
    line: `${files} files searched, the key is in ${found.length}, ${dumps.length} dumps${wrong}`,
    clean,
  };
}

/** Makes the folder the temporary one of this process, and so of those that it starts. */
export async function watchedFolder(): Promise<WatchedFolder> {
  const own = process.env.TMPDIR;
  const folder = await mkdtemp(join(tmpdir(), 'twelvelabs-proof-'));
  process.env.TMPDIR = folder;
  return {
    folder,
    async search(key, ...known) {
      const entries = [
        ...(await readdir(folder, { recursive: true, withFileTypes: true })),
        ...(await readdir('.', { withFileTypes: true })),
      ];
      const dumps = entries.filter((entry) => entry.isFile() && DUMP.test(entry.name));
      return { ...(await searchFolder(folder, key, ...known)), dumps: dumps.map(({ name }) => name) };
    },
    async [Symbol.asyncDispose]() {
      if (own === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = own;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const DUMP = /^(core(\.\d+)?|.*\.heapsnapshot|.*\.heapprofile|report\..*\.json)$/;

/**
 * Writes down what running hosts export and tell: n8n's workflows, credentials (as they are stored, encrypted) and
 * executions; Node-RED's flows as its editor exports them, what its editor is told about credentials, and its log.
 */
export async function exportHosts(folder: string, { n8n, nodeRed }: RunningHosts): Promise<void> {
  const exports = join(folder, 'exports');
  await mkdir(exports, { recursive: true });
  if (n8n) {
    const { home, rest } = n8n.driver.n8n;
    const exporting = ['workflow', 'credentials'].map(async (kind) => {
      const args = [`export:${kind}`, '--all', `--output=${join(exports, `n8n-${kind}.json`)}`];
      const { exit, output } = await runN8n(home, args);
      if (exit !== 0) throw new Error(`n8n ${args[0]} ended with ${exit}: ${output.slice(-500)}`);
    });
    await Promise.all(exporting);
    const executions = await rest.get<{ results: { id: string }[] }>('/rest/executions?limit=100');
    const newest = executions.results.slice(0, 10).map(({ id }) => rest.get(`/rest/executions/${id}`));
    const credentials = await rest.get<{ id: string }[]>('/rest/credentials');
    const opened = credentials.map(({ id }) => rest.get(`/rest/credentials/${id}?includeData=true`));
    const all = [executions, ...(await Promise.all([...newest, ...opened]))];
    await writeFile(join(exports, 'n8n-rest.json'), JSON.stringify(all));
  }
  if (nodeRed) {
    const { nodeRed: host } = nodeRed.driver;
    const flows = (await (await host.request('/flows')).json()) as { id: string; type: string }[];
    const configs = flows.filter(({ type }) => type === 'twelvelabs-config');
    const credentials = configs.map(async ({ id }) =>
      (await host.request(`/credentials/twelvelabs-config/${id}`)).text(),
    );
    const all = [JSON.stringify(flows), ...(await Promise.all(credentials)), host.log];
    await writeFile(join(exports, 'node-red.txt'), all.join('\n'));
  }
}
