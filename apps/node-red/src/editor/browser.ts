import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { NodeRed } from '../harness/node-red.ts';

/** Node-RED's editor in a browser, driven as a person would drive it. */
export class Editor {
  readonly page: Page;
  readonly #nodeRed: NodeRed;

  private constructor(page: Page, nodeRed: NodeRed) {
    this.page = page;
    this.#nodeRed = nodeRed;
  }

  /** Opens the editor and waits until its palette is there. @param language of the editor, such as `de`. */
  static async open(
    browser: Browser,
    nodeRed: NodeRed,
    { language, ...options }: BrowserContextOptions & { language?: string } = {},
  ) {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    if (language)
      await context.addInitScript((wanted) => localStorage.setItem('editor-language', wanted), language);
    const page = await context.newPage();
    await page.goto(nodeRed.url);
    await page.waitForSelector('.red-ui-palette-node');
    await page.waitForFunction('!!window.RED?.workspaces?.active?.()');
    return new Editor(page, nodeRed);
  }

  /** Drags a node from the palette to a place of the canvas, in pixels. @returns the node's id */
  async drag(type: string, x: number, y: number): Promise<string> {
    const { page } = this;
    const before = new Set(await this.nodeIds(type));
    const source = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
    await source.scrollIntoViewIfNeeded();
    await source.hover();
    await page.mouse.down();
    const chart = await page.locator('#red-ui-workspace-chart').boundingBox();
    if (!chart) throw new Error('The editor has no canvas');
    await page.mouse.move(chart.x + x, chart.y + y, { steps: 8 });
    await page.mouse.up();
    const added = (await this.nodeIds(type)).find((id) => !before.has(id));
    if (!added) throw new Error(`${type} was not dropped`);
    return added;
  }

  nodeIds(type: string): Promise<string[]> {
    return this.page.evaluate(
      `RED.nodes.filterNodes({ type: ${JSON.stringify(type)} }).map((node) => node.id)`,
    );
  }

  /** Draws a wire with the mouse. */
  async wire(from: string, to: string): Promise<void> {
    const { page } = this;
    const middleOf = async (selector: string) => {
      const box = await page.locator(selector).first().boundingBox();
      if (!box) throw new Error(`There is no ${selector}`);
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    await page.mouse.move(...(await middleOf(`[id="${from}"] .red-ui-flow-port-output .red-ui-flow-port`)));
    await page.mouse.down();
    await page.mouse.move(...(await middleOf(`[id="${to}"] .red-ui-flow-port-input .red-ui-flow-port`)), {
      steps: 8,
    });
    await page.mouse.up();
  }

  /** Opens a node's dialog and waits until it has slid in. */
  async edit(id: string): Promise<void> {
    await this.page.evaluate(`RED.editor.edit(RED.nodes.node(${JSON.stringify(id)}))`);
    await this.page.waitForSelector('.red-ui-tray #node-input-name');
    await this.settle();
  }

  /** Dialogs slide: a click before the end misses. */
  async settle(): Promise<void> {
    await this.page.waitForFunction(`!document.querySelector('.red-ui-tray')?.getAnimations?.().length`);
    await this.page.waitForTimeout(400);
  }

  async done(): Promise<void> {
    await this.page.click('#node-dialog-ok');
    await this.page.waitForSelector('.red-ui-tray', { state: 'detached' });
  }

  /** Presses "Deploy" and waits until the new flows have started. */
  async deploy(): Promise<void> {
    const answered = this.page.waitForResponse(
      (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
    );
    await this.page.click('#red-ui-header-button-deploy');
    const response = await answered;
    if (!response.ok()) throw new Error(`Deploying answered ${response.status()}`);
    const { rev } = (await response.json()) as { rev: string };
    await this.#nodeRed.deployed(rev);
  }

  /** What the export dialog would copy. */
  async exported(): Promise<string> {
    const { page } = this;
    await page.evaluate(`RED.actions.invoke('core:show-export-dialog')`);
    await page
      .click('#red-ui-clipboard-dialog-export-tab-clipboard a, #red-ui-clipboard-dialog-export-rng-full')
      .catch(() => undefined);
    const text = await page.inputValue('#red-ui-clipboard-dialog-export-text');
    await page.keyboard.press('Escape');
    return text;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
