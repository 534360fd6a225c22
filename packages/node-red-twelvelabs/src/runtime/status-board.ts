import { formatBytes } from '@twelvelabs-nodes/core';
import type { Node, NodeStatus } from 'node-red';

/** What one message is going through. */
export type Phase =
  | { readonly name: 'queued' | 'working' | 'fetching' | 'answering' }
  | { readonly name: 'uploading'; readonly sent: number; readonly total?: number | undefined }
  /** Waiting for the platform: for which asset, and since when (`performance.now()`). */
  | { readonly name: 'processing'; readonly asset: string | null | undefined; readonly since: number }
  | { readonly name: 'throttled' | 'retrying'; readonly delay: number };

/** Translates a key of the catalog; values fill its placeholders. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** Milliseconds between two statuses while only numbers change: each one also travels to status nodes. */
const INTERVAL = 250;
/** Milliseconds between two statuses while only time passes. */
const TICK = 1000;

/**
 * A node's status, made from all messages at work. When none is, the last outcome stays, so that the
 * status is never that of something that has ended.
 */
export class StatusBoard {
  readonly #node: Node;
  readonly #translate: Translate;
  readonly #waiting: () => number;
  readonly #phases = new Map<object, Phase>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #outcome: NodeStatus = {};
  #shown = '';
  #shownAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param waiting length of the queue, which several nodes may share. */
  constructor(node: Node, translate: Translate, waiting: () => number) {
    this.#node = node;
    this.#translate = translate;
    this.#waiting = waiting;
  }

  /** Notes what a job is going through. */
  update(job: object, phase: Phase): void {
    const changed = this.#phases.get(job)?.name !== phase.name;
    this.#phases.set(job, phase);
    this.#refresh(changed && this.#phases.size === 1);
    if (phase.name === 'throttled' || phase.name === 'retrying') this.#resumeAfter(job, phase);
  }

  /** Nobody tells when a pause is over, and "waiting 3 s" must not stay while the next attempt runs. */
  #resumeAfter(job: object, pause: Phase & { delay: number }): void {
    const timer = setTimeout(() => {
      this.#pauses.delete(timer);
      if (this.#phases.get(job) === pause) this.update(job, { name: 'working' });
    }, pause.delay);
    this.#pauses.add(timer);
  }

  /** Notes that a job has ended, and what to show when no other is at work. */
  end(job: object, outcome: NodeStatus): void {
    this.#phases.delete(job);
    this.#outcome = outcome;
    this.#refresh(this.#phases.size === 0);
  }

  /** The queue, which other nodes share, has changed. */
  refresh(): void {
    if (this.#phases.size > 0) this.#refresh(false);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#node.status({});
  }

  #refresh(now: boolean): void {
    if (this.#closed) return;
    this.#tick();
    const wait = now ? 0 : this.#shownAt + INTERVAL - performance.now();
    if (wait <= 0) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), wait);
  }

  /** The time that a wait takes is shown although nothing happens. */
  #tick(): void {
    const waits = [...this.#phases.values()].some(({ name }) => name === 'processing');
    if (waits) this.#clock ??= setInterval(() => this.#refresh(false), TICK);
    else {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const status = this.#phases.size === 0 ? this.#outcome : this.#compose([...this.#phases.values()]);
    const shown = JSON.stringify(status);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#shownAt = performance.now();
    this.#node.status(status);
  }

  #compose(phases: readonly Phase[]): NodeStatus {
    const waiting = this.#waiting();
    const [only] = phases;
    const queued = waiting > 0 ? ` · ${this.#translate('status.waiting', { count: waiting })}` : '';
    if (only && phases.length === 1)
      return { ...appearance(only), text: this.#describe(only) + (only.name === 'queued' ? '' : queued) };
    const active = phases.filter(({ name }) => name !== 'queued');
    const pause = active.find(({ name }) => name === 'throttled' || name === 'retrying');
    const parts = [this.#translate('status.active', { count: active.length })];
    const bytes = this.#bytes(active);
    if (bytes) parts.push(bytes);
    if (pause) parts.push(this.#describe(pause));
    return { ...appearance(pause ?? { name: 'working' }), text: parts.join(' · ') + queued };
  }

  #describe(phase: Phase): string {
    switch (phase.name) {
      case 'uploading':
        return [this.#translate('status.uploading'), this.#bytes([phase])].filter(Boolean).join(' ');
      case 'throttled':
      case 'retrying':
        return this.#translate(`status.${phase.name}`, {
          seconds: Math.max(1, Math.round(phase.delay / 1000)),
        });
      case 'processing':
        return [this.#translate('status.processing'), phase.asset, waited(phase.since)]
          .filter(Boolean)
          .join(' · ');
      default:
        return this.#translate(`status.${phase.name}`);
    }
  }

  #bytes(phases: readonly Phase[]): string {
    let sent = 0;
    let total = 0;
    let uploads = 0;
    for (const phase of phases) {
      if (phase.name !== 'uploading') continue;
      uploads += 1;
      sent += phase.sent;
      total += phase.total ?? Number.NaN;
    }
    if (uploads === 0) return '';
    if (Number.isNaN(total)) return formatBytes(sent);
    const percent = total > 0 ? Math.floor((sent / total) * 100) : 100;
    return `${percent} % · ${formatBytes(sent)} / ${formatBytes(total)}`;
  }
}

function appearance({ name }: Pick<Phase, 'name'>): Pick<NodeStatus, 'fill' | 'shape'> {
  if (name === 'queued') return { fill: 'grey', shape: 'ring' };
  if (name === 'throttled' || name === 'retrying') return { fill: 'yellow', shape: 'ring' };
  return { fill: 'blue', shape: name === 'processing' ? 'ring' : 'dot' };
}

/** Nothing for the first second, then `12 s`, from a minute on `3 min`. */
function waited(since: number): string {
  const seconds = Math.floor((performance.now() - since) / 1000);
  if (seconds < 1) return '';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}
