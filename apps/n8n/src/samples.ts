import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PACKAGE_DIR } from './package.ts';
import type { Workflow } from './workflow.ts';

export interface SampleSettings {
  /** The credential that our nodes are to use. */
  readonly credential: { readonly id: string; readonly name: string };
  /** What serves the media instead of `https://example.com/media`. */
  readonly mediaUrl: string;
  /** The folder to use instead of `/files`. */
  readonly filesDir: string;
}

/** The importable workflows of the package, by file name, made to work on this machine. */
export async function sampleWorkflows(settings: SampleSettings): Promise<Map<string, Workflow>> {
  const dir = path.join(PACKAGE_DIR, 'examples');
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json')).sort();
  const samples = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(dir, name), 'utf8');
      const local = text
        .replaceAll('https://example.com/media', settings.mediaUrl)
        .replaceAll('/files/', `${settings.filesDir}/`);
      const workflow: Workflow = JSON.parse(local);
      const nodes = workflow.nodes.map((node) =>
        node.credentials
          ? { ...node, credentials: { ...node.credentials, twelveLabsApi: settings.credential } }
          : node,
      );
      return [name.replace(/\.json$/, ''), { ...workflow, nodes }] as const;
    }),
  );
  return new Map(samples);
}
