import type { Locator, Page } from 'playwright-core';

const PACKAGE = '@twelvelabs-nodes/node-red-twelvelabs';

/** Opens the menu's Import dialog at the package's examples. @returns the list of what can be picked */
export async function openExamples(page: Page): Promise<Locator> {
  await page.click('#red-ui-header-button-sidemenu');
  await page.click('#menu-item-import');
  await page.locator('#red-ui-clipboard-dialog-import-tabs').getByText('Examples').click();
  const tree = page.locator('#red-ui-clipboard-dialog-import-tab-examples');
  const folder = tree.locator('li', { has: page.getByText(PACKAGE, { exact: true }) }).last();
  await folder.getByText(PACKAGE, { exact: true }).click();
  const files = folder.locator('li .red-ui-treeList-label-text');
  await files.first().waitFor();
  return files;
}

export async function closeDialog(page: Page): Promise<void> {
  await page.click('#red-ui-clipboard-dialog-cancel');
  await page.locator('#red-ui-clipboard-dialog').waitFor({ state: 'hidden' });
}

/** Picks an example and imports it. All of them bring the same account along, of which the next one makes a copy. */
export async function importExample(page: Page, name: string): Promise<void> {
  const files = await openExamples(page);
  await files.getByText(name, { exact: true }).click();
  await page.click('#red-ui-clipboard-dialog-ok');
  const notices = page.locator('.red-ui-notification');
  const asks = notices.getByRole('button', { name: 'Import copy' });
  const imported = notices.getByText('Imported:');
  await asks.or(imported).first().waitFor();
  if (await asks.isVisible()) await asks.click();
  await imported.waitFor();
  // It covers the dialogs' buttons until it is closed.
  await imported.click();
  await notices.first().waitFor({ state: 'detached' });
}
