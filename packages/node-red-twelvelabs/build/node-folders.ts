import { readdirSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Help } from '../src/settings/help.ts';
import type { NodeSettings } from '../src/settings/setting.ts';
import { englishTexts, type Texts, translated } from './catalog.ts';
import { helpHtml } from './help-html.ts';
import { iconSvg } from './icon-svg.ts';
import { pageHtml } from './page-html.ts';

const root = path.join(import.meta.dirname, '..');
const nodes = path.join(root, 'src/nodes');
const read = (...file: string[]) => readFile(path.join(nodes, ...file), 'utf8');
const readTexts = async (...file: string[]) =>
  JSON.parse(
    await read(...file).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? '{}' : Promise.reject(error),
    ),
  ) as Texts;

/** Languages besides English. What they lack is shown in English. */
export const LANGUAGES = ['de', 'ja'] as const;

/** One folder a node; the account, which is like no other node, has its page and its texts written by hand. */
export const folders: readonly string[] = readdirSync(nodes).sort();
export const operationFolders = folders.filter((folder) => folder !== 'config');
export const typeOf = (folder: string) => `twelvelabs-${folder}` as const;

/** What the bundler starts from, under the names that Node-RED loads. */
export const entries = Object.fromEntries(
  folders.map((folder) => [typeOf(folder), `src/nodes/${folder}/node.ts`]),
);

/** What `node-red.nodes` of package.json must be. */
const registered = Object.fromEntries(folders.map((folder) => [typeOf(folder), `dist/${typeOf(folder)}.js`]));

/** What a node declares: the only export of its `settings.ts`. */
export async function settingsIn(folder: string): Promise<NodeSettings> {
  const declared = Object.values((await import(path.join(nodes, folder, 'settings.ts'))) as object);
  const [settings] = declared as NodeSettings[];
  if (declared.length !== 1 || settings?.type !== typeOf(folder))
    throw new Error(
      `src/nodes/${folder}/settings.ts must export the settings of ${typeOf(folder)}, and nothing else`,
    );
  return settings;
}

/** What the help of a node says: the export of its `help.ts`. */
export async function helpIn(folder: string): Promise<Help> {
  return ((await import(path.join(nodes, folder, 'help.ts'))) as { help: Help }).help;
}

/** Writes what Node-RED wants beside a node's script: its page, icon, texts and help. */
export async function writeNodes(dist: string): Promise<void> {
  checkManifest();
  await mkdir(path.join(dist, 'icons'), { recursive: true });
  for (const language of ['en-US', ...LANGUAGES])
    await mkdir(path.join(dist, 'locales', language), { recursive: true });
  for (const folder of operationFolders) await writeNode(dist, folder);
  await writeConfig(dist);
}

async function writeNode(dist: string, folder: string): Promise<void> {
  const settings = await settingsIn(folder);
  const { type } = settings;
  const english = englishTexts(settings);
  await writeFile(path.join(dist, `${type}.html`), pageHtml(settings));
  await writeFile(path.join(dist, 'icons', `${type}.svg`), iconSvg(settings));
  await writeTexts(dist, 'en-US', type, { [type]: english });
  const help = helpHtml(settings, await helpIn(folder));
  await writeFile(path.join(dist, 'locales/en-US', `${type}.html`), help);
  for (const language of LANGUAGES) {
    const own = await readTexts(folder, `locales/${language}.json`);
    const shared = JSON.parse(
      await readFile(path.join(root, `src/settings/locales/${language}.json`), 'utf8'),
    ) as Texts;
    await writeTexts(dist, language, type, { [type]: translated(english, own, shared) });
  }
}

async function writeConfig(dist: string): Promise<void> {
  const type = typeOf('config');
  await copyFile(path.join(nodes, 'config/page.html'), path.join(dist, `${type}.html`));
  await copyFile(
    path.join(nodes, 'config/locales/en-US.html'),
    path.join(dist, 'locales/en-US', `${type}.html`),
  );
  for (const language of ['en-US', ...LANGUAGES])
    await writeTexts(dist, language, type, await readTexts('config', `locales/${language}.json`));
}

function writeTexts(dist: string, language: string, type: string, texts: Texts): Promise<void> {
  return writeFile(
    path.join(dist, 'locales', language, `${type}.json`),
    `${JSON.stringify(texts, null, 2)}\n`,
  );
}

/** @throws {Error} with the lines that package.json lacks, and those that it has too many. */
function checkManifest(): void {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    'node-red': { nodes: Record<string, string> };
  };
  const linesOf = (nodes: Readonly<Record<string, string>>) =>
    Object.entries(nodes).map(([type, file]) => `${JSON.stringify(type)}: ${JSON.stringify(file)}`);
  const [found, wanted] = [linesOf(manifest['node-red'].nodes), linesOf(registered)];
  const problems = [
    ...wanted.filter((line) => !found.includes(line)).map((line) => `add ${line}`),
    ...found.filter((line) => !wanted.includes(line)).map((line) => `remove ${line}`),
  ];
  if (problems.length > 0) throw new Error(`"node-red.nodes" of package.json: ${problems.join('; ')}`);
}
