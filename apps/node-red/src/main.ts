import { copyFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { commandLine, live, port, runCommand, startPlatform } from '@twelvelabs-nodes/emulator/command-line';
import { requireFreePort } from '@twelvelabs-nodes/emulator/ports';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { EXAMPLE_ACCOUNT, exampleNames, fillIn, readExample, together } from './examples.ts';
import { NodeRed } from './harness/node-red.ts';

// `pnpm node-red`: an editor with the nodes installed, an account and the sample flows in place.

const flags = commandLine({
  name: 'pnpm node-red',
  about:
    'Opens a real Node-RED with the TwelveLabs nodes and stays up until Ctrl+C. Everything is temporary.',
  flags: { live: live(), port: port(1880) },
});
await runCommand('Node-RED failed', async () => {
  await requireFreePort(flags.port);
  await using platform = await startPlatform(flags.live);
  const { account, emulator } = platform;

  const media = await mkdtemp(path.join(tmpdir(), 'twelvelabs-media-'));
  for (const file of [sampleVideo, sampleImage]) await copyFile(file, path.join(media, path.basename(file)));
  const samples = emulator ? `${emulator.url}/samples` : 'https://example.com';
  const variables = {
    MEDIA_FILE: path.join(media, path.basename(sampleVideo)),
    IMAGE_FILE: path.join(media, path.basename(sampleImage)),
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
    credentials: { [EXAMPLE_ACCOUNT]: { apiKey: account.apiKey } },
    port: flags.port,
    // A path such as video.mp4 is one of these files, and the editor offers them. Our nodes come first in the palette.
    settings: { fileWorkingDirectory: media, paletteCategories: ['TwelveLabs'] },
  });

  process.stdout.write(`
${platform.lines.join('\n')}
Node-RED    ${nodeRed.url}
Upload      ${nodeRed.url}/upload
Gallery     ${nodeRed.url}/gallery
Library     ${nodeRed.url}/library
Folder      ${media} (watched; a path such as video.mp4 starts here)

Ctrl+C ends it and removes everything.
`);
  const exit = await nodeRed.ended;
  throw new Error(`it ended with ${exit}.\n${nodeRed.log.slice(-2_000)}`);
});
