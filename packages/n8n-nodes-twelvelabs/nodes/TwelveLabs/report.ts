import type { Asset, RetryEvent } from '@twelvelabs-nodes/core';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Smaller uploads finish before anyone could look. */
const WORTH_REPORTING = 16 * 1024 ** 2;

/** Reports what happens to an item: in n8n's log, in the editor, and beside the output. */
export class ItemReport {
  readonly #context: IExecuteFunctions;
  readonly #itemIndex: number;
  #tenths = 0;

  constructor(context: IExecuteFunctions, itemIndex: number) {
    this.#context = context;
    this.#itemIndex = itemIndex;
  }

  /** Each tenth of a large upload. */
  progress({ sent, total }: { sent: number; total?: number | undefined }): void {
    if (total === undefined || total < WORTH_REPORTING) return;
    const tenths = Math.floor((sent / total) * 10);
    if (tenths <= this.#tenths) return;
    this.#tenths = tenths;
    this.#say('info', `${tenths * 10} % of ${Math.round(total / 1024 ** 2)} MiB uploaded`);
  }

  created({ _id, filename }: Asset): void {
    this.#say('info', `asset ${_id} created${filename ? ` (${filename})` : ''}`);
  }

  status({ _id, status }: Asset): void {
    this.#say('info', `asset ${_id} is ${status ?? 'in an unknown state'}`);
  }

  /** @param what is waited for: `analysis task 6298d6…` */
  waiting(what: string): void {
    this.#say('info', `waiting for ${what}`);
  }

  retry({ attempt, delay, reason }: RetryEvent): void {
    const message = `Attempt ${attempt} failed (${reason}); trying again after ${(delay / 1000).toFixed(1)} s`;
    this.#say('warn', message);
    this.hint(message, 'info');
  }

  hint(message: string, type: 'info' | 'warning'): void {
    const text = `Item ${this.#itemIndex}: ${message}`;
    // Missing in n8n before 1.63.
    this.#context.addExecutionHints?.({ message: text, type, location: 'outputPane' });
  }

  #say(level: 'info' | 'warn', message: string): void {
    const context = this.#context;
    const node = context.getNode().name;
    const text = `${node}, item ${this.#itemIndex}: ${message}`;
    context.logger[level](text, { node, executionId: context.getExecutionId(), itemIndex: this.#itemIndex });
    if (context.getMode() === 'manual') context.sendMessageToUI?.(text);
  }
}
