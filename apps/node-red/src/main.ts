import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { EXAMPLE_ACCOUNT, exampleNames, fillIn, readExample, together } from './examples.ts';
import { removeFolder } from './harness/install.ts';
import { NodeRed } from './harness/node-red.ts';

// `pnpm node-red`: an editor with the nodes installed, an account and the sample flows in place. It runs against an
// emulator of its own, or against TWELVELABS_BASE_URL with TWELVE_LABS_API_KEY when both are set.

const { TWELVELABS_BASE_URL, TWELVE_LABS_API_KEY, PORT = '1880' } = process.env;
const live = TWELVE_LABS_API_KEY !== undefined && TWELVELABS_BASE_URL !== undefined;
const emulator = live ? undefined : await startEmulator();
const account = emulator ?? { baseUrl: TWELVELABS_BASE_URL ?? '', apiKey: TWELVE_LABS_API_KEY };

const media = await mkdtemp(path.join(tmpdir(), 'twelvelabs-media-'));
await copyFile(sampleVideo, path.join(media, 'video.mp4'));
const samples = emulator ? `${emulator.url}/samples` : 'https://example.com';
const variables = {
  MEDIA_FILE: path.join(media, 'video.mp4'),
  MEDIA_FOLDER: media,
  MEDIA_URL: `${samples}/video.mp4`,
  MEDIA_URLS: JSON.stringify(
    [sampleVideo, sampleAudio, sampleImage].map((file) => `${samples}/${path.basename(file)}`),
  ),
};
// The shared queue needs a Redis and a package of its own: `node apps/node-red/src/scale-out.ts` shows it.
const names = exampleNames().filter((name) => !name.includes('Redis'));
const nodeRed = await NodeRed.start({
  flows: fillIn(together(names.map(readExample)), account, variables),
  credentials: { [EXAMPLE_ACCOUNT]: { apiKey: account.apiKey ?? '' } },
  port: Number(PORT),
});

process.stdout.write(`
Node-RED       ${nodeRed.url}
Upload page    ${nodeRed.url}/upload
Gallery        ${nodeRed.url}/gallery
Watched folder ${media}
Platform       ${account.baseUrl}${emulator ? ' (emulator)' : ''}

Ctrl+C ends it.
`);

async function end(): Promise<void> {
  await nodeRed.stop();
  await emulator?.close();
  await removeFolder(media);
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
