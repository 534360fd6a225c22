import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmulator } from '@twelvelabs-nodes/emulator';
import { launchChromium } from '@twelvelabs-nodes/emulator/chromium';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { Editor } from './editor/browser.ts';
import { EXAMPLE_ACCOUNT, fillIn, readExample, together } from './examples.ts';
import { Comms } from './harness/comms.ts';
import { NodeRed } from './harness/node-red.ts';

// `node src/screenshots.ts`: the README's pictures, taken from the real editor.

const folder = path.join(import.meta.dirname, '../screenshots');
await mkdir(folder, { recursive: true });
await using emulator = await startEmulator();
const names = ['First asset', 'URL list with a queue', 'Upload page and gallery'];
await using nodeRed = await NodeRed.start({
  flows: fillIn(together(names.map(readExample)), emulator, {
    MEDIA_FILE: sampleVideo,
    MEDIA_URL: `${emulator.url}/samples/video.mp4`,
  }),
  credentials: { [EXAMPLE_ACCOUNT]: { apiKey: emulator.apiKey } },
});
await using comms = await Comms.connect(nodeRed.url);
await nodeRed.inject('first-path');
await comms.status('first-create', /^ready/);
for (const file of [sampleVideo, sampleAudio, sampleImage]) {
  const form = new FormData();
  form.append('media', new File([await readFile(file)], path.basename(file)));
  await nodeRed.request('/upload', { method: 'POST', body: form });
}

const browser = await launchChromium();
const viewport = { width: 1280, height: 720 };
try {
  const editor = await Editor.open(browser, nodeRed, { viewport });
  const { page } = editor;
  await page.evaluate(`document.querySelector('#red-ui-palette-TwelveLabs').scrollIntoView()`);
  await page.waitForTimeout(600);
  await page.screenshot({ path: path.join(folder, 'flow.png') });
  await editor.edit('first-create');
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, 'create-node.png') });
  const gallery = await (await browser.newContext({ viewport: { width: 900, height: 420 } })).newPage();
  await gallery.goto(`${nodeRed.url}/gallery`, { waitUntil: 'networkidle' });
  await gallery.screenshot({ path: path.join(folder, 'gallery.png') });
} finally {
  await browser.close();
}
