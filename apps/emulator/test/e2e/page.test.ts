import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../../src/chromium.ts';
import type { Emulator } from '../../src/index.ts';
import { sampleImage, sampleVideo } from '../../src/samples.ts';
import { call, createSettled, direct, directFile, emulate } from '../helpers.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium('--autoplay-policy=no-user-gesture-required');
});

afterAll(() => browser?.close());

async function openPage(emulator: Emulator): Promise<{ page: Page; problems: string[] }> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(emulator.url);
  return { page, problems };
}

/** Plays the medium that a locator finds, muted, until it has moved on, and returns how it looks. */
function play(page: Page, selector: string) {
  return page.locator(selector).evaluate(async (element) => {
    const video = element as unknown as {
      muted: boolean;
      play(): Promise<void>;
      currentTime: number;
      src: string;
      videoWidth: number;
      duration: number;
    };
    video.muted = true;
    await video.play();
    while (video.currentTime < 0.3) await new Promise((resolve) => setTimeout(resolve, 20));
    return { src: video.src, width: video.videoWidth, duration: video.duration };
  });
}

test('the page lists assets as they come, plays the HLS stream and says why one failed', async () => {
  const emulator = await emulate();
  const { page, problems } = await openPage(emulator);
  await page.getByText('No assets yet').waitFor();
  const { body } = await createSettled(
    emulator,
    directFile(sampleVideo, { enable_hls: 'true', enable_thumbnail: 'true' }),
  );
  const card = page.locator('.card', { hasText: 'video.mp4' });
  await card.getByText('ready').waitFor();
  await card.locator('img').waitFor();
  await card.click();
  // The page learns of each change by itself: the stream may be ready later than the thumbnail.
  const { pathname } = new URL(body.hls.manifest_url);
  const played = await play(page, `#player video[src$="${pathname}"]`);
  expect(played).toMatchObject({ src: body.hls.manifest_url, width: 640, duration: expect.closeTo(5, 0) });
  await page.getByRole('button', { name: 'Close' }).click();

  await createSettled(emulator, direct('text', 'fake.mp4'));
  await page.getByText('The file is not a video').waitFor();
  await createSettled(emulator, directFile(sampleImage));
  await page.locator('.card', { hasText: 'image.jpg' }).locator('img').waitFor();
  await call(emulator, 'DELETE', `/assets/${body._id}`);
  await card.waitFor({ state: 'detached' });
  expect(problems).toEqual([]);
  await page.close();
});

test('the page shows nothing of an upload that is no text', async () => {
  const emulator = await emulate();
  const { page, problems } = await openPage(emulator);
  const filename = '<img src=x onerror=alert(1)>.mp4';
  await createSettled(emulator, direct('text', 'a.mp4', { filename }));
  await page.getByText(filename).first().waitFor();
  expect(problems).toEqual([]);
  await page.close();
});

test('the page shows indexes, tasks, questions and requests, and copies ids', async () => {
  const emulator = await emulate();
  const { body } = await createSettled(emulator, directFile(sampleVideo));
  const { page, problems } = await openPage(emulator);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { body: index } = await call(emulator, 'POST', '/indexes', {
    index_name: 'Library',
    models: [{ model_name: 'marengo3.0', model_options: ['visual'] }],
  });
  await call(emulator, 'POST', `/indexes/${index._id}/indexed-assets`, { asset_id: body._id });
  const ask = { video: { type: 'asset_id', asset_id: body._id } };
  await call(emulator, 'POST', '/analyze', { ...ask, prompt: 'What happens?', stream: false });
  const { body: task } = await call(emulator, 'POST', '/analyze/tasks', { ...ask, prompt: 'Who is there?' });
  await call(emulator, 'GET', '/assets/nope');

  await page.locator('#indexes summary', { hasText: 'Library' }).click();
  await page.locator('#indexes .row', { hasText: 'video.mp4' }).getByText('ready').waitFor();
  await page.locator('#tasks summary', { hasText: 'Who is there?' }).getByText('ready').waitFor();
  await page.locator('#questions summary', { hasText: 'What happens?' }).click();
  await page.locator('#questions').getByText('Made up by the emulator').waitFor();
  await page.locator('#requests summary', { hasText: '/v1.3/assets/nope' }).getByText('400').waitFor();
  for (const [name, id] of [
    ['Copy the id of video.mp4', body._id],
    ['Copy the id of the task', task.task_id],
  ]) {
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(id);
    await page.getByText('Copied').waitFor({ state: 'detached' });
  }
  expect(problems).toEqual([]);
  await page.close();
});

test('text stands out from its ground in light and in dark', async () => {
  const emulator = await emulate();
  await createSettled(emulator, direct('text', 'fake.mp4'));
  const { page } = await openPage(emulator);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const selector of [
      'h1',
      '.quiet',
      '.status',
      '.reason',
      'dt',
      '.copy',
      '.copyable code',
      '.method',
    ]) {
      expect(await contrast(page, selector), `${selector} in ${colorScheme}`).toBeGreaterThanOrEqual(4.5);
    }
  }
  await page.close();
});

/** Contrast of text to the ground behind it, by WCAG 2. */
async function contrast(page: Page, selector: string): Promise<number> {
  const colors = await page
    .locator(selector)
    .first()
    .evaluate((element) => {
      const { getComputedStyle } = globalThis as unknown as {
        getComputedStyle(of: unknown): { color: string; backgroundColor: string };
      };
      const ground = (node: { parentElement: unknown } | null): string => {
        if (node === null) return 'rgb(255, 255, 255)';
        const color = getComputedStyle(node).backgroundColor;
        return color === 'rgba(0, 0, 0, 0)' ? ground(node.parentElement as typeof node) : color;
      };
      return [getComputedStyle(element).color, ground(element as unknown as { parentElement: unknown })];
    });
  const [one = 0, two = 0] = colors.map(luminance);
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
}

function luminance(color: string): number {
  const channels = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map((text) => {
    const value = Number(text) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
