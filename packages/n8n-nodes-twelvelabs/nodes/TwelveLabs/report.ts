import { type Asset, excerpt, formatBytes, type Progress, type RetryEvent } from '@twelvelabs-nodes/core';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Smaller uploads finish before anyone could look. */
const WORTH_REPORTING = 16 * 1024 ** 2;

/** Reports what happens to an item: in n8n's log, in the editor, and beside the output. */
export class ItemReport {
  readonly #context: IExecuteFunctions;
  readonly #itemIndex: number;
  #tenths = 0;
  /** When the outage that was reported last began. */
  #outage: number | undefined;

  constructor(context: IExecuteFunctions, itemIndex: number) {
    this.#context = context;
    this.#itemIndex = itemIndex;
  }

  /** Each tenth of a large upload. */
  progress({ sent, total }: Progress): void {
    if (total === undefined || total < WORTH_REPORTING) return;
    const tenths = Math.floor((sent / total) * 10);
    if (tenths <= this.#tenths) return;
    this.#tenths = tenths;
    this.#say('info', `${tenths * 10} % of ${formatBytes(total)} uploaded`);
  }

  /** An asset exists as soon as its upload begins. */
  uploading(assetId: string): void {
    this.#say('info', `uploading asset ${assetId}`);
  }

  resumed({ sent, total }: Progress): void {
    this.#say('info', `upload resumed at ${formatBytes(sent)} of ${formatBytes(total ?? 0)}`);
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

  /** Each attempt in the log; each outage once beside the output. */
  retry({ attempt, delay, reason, since }: RetryEvent): void {
    const time = new Date(since).toISOString().slice(11, 19);
    const message = `no success since ${time} UTC (${reason}): attempt ${attempt} failed, trying again in ${(delay / 1000).toFixed(1)} s`;
    this.#say('warn', message);
    if (since !== this.#outage) this.hint(message, 'info');
    this.#outage = since;
  }

  hint(message: string, type: 'info' | 'warning'): void {
    const text = `Item ${this.#itemIndex}: ${message}`;
    // Missing in n8n before 1.63.
    this.#context.addExecutionHints?.({ message: text, type, location: 'outputPane' });
  }

  #say(level: 'info' | 'warn', message: string): void {
    const itemIndex = this.#itemIndex;
    say(this.#context, level, `${this.#context.getNode().name}, item ${itemIndex}: ${message}`, {
      itemIndex,
    });
  }
}

/** Reports a sentence about the node, in n8n's log and in the console of the browser that started the execution. */
export function say(
  context: IExecuteFunctions,
  level: 'info' | 'warn',
  message: string,
  more: object = {},
): void {
  // Names and states come from a server: none of them may forge a line of the log.
  const text = excerpt(message, 1_000);
  context.logger[level](text, {
    node: context.getNode().name,
    executionId: context.getExecutionId(),
    ...more,
  });
  if (context.getMode() === 'manual') context.sendMessageToUI?.(text);
}
