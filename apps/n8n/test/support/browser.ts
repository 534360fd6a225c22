import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Where the browser is, if there is one. */
export const browserPath = PATHS.find((path) => path !== undefined && existsSync(path));

/** Whether browser tests are left out: only where nobody promised a browser. */
export const noBrowser = browserPath === undefined && process.env.CI !== 'true';

export function launchBrowser(): Promise<Browser> {
  if (!browserPath) throw new Error(`No browser at ${PATHS.filter(Boolean).join(', ')}: set CHROMIUM_PATH`);
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-background-networking',
    '--no-first-run',
  ];
  return chromium.launch({ executablePath: browserPath, args });
}
