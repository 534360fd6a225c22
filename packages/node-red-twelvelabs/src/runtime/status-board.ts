import type { Node, NodeStatus } from 'node-red';
import { type Pause, type Phase, statusOf, type Translate, type Work } from './status-text.ts';

/** Milliseconds between two statuses while only numbers change: each one also travels to status nodes. */
const INTERVAL = 250;
/** Milliseconds between two statuses while only time passes. */
const TICK = 1000;
/** Milliseconds for which a retry stays shown while its attempt runs: one that fails at once changes nothing. */
const GRACE = 2000;

/**
 * A node's status, made from all messages at work. When none is, the last outcome stays, so that the
 * status is never that of something that has ended.
 */
export class StatusBoard {
  readonly #node: Node;
  readonly #translate: Translate;
  readonly #waiting: () => number;
  readonly #jobs = new Map<object, Work>();
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

  /** Notes what a job is going through. Whatever it paused for is over. */
  update(job: object, phase: Phase): void {
    this.#set(job, { phase });
  }

  /** Notes that a job stands still. Nobody reports the end of a pause: it ends with its time, or with the next update. */
  pause(job: object, pause: Pause): void {
    const { phase } = this.#jobs.get(job) ?? { phase: { name: 'working' } };
    const work = { phase, pause };
    this.#set(job, work);
    const timer = setTimeout(
      () => {
        this.#pauses.delete(timer);
        if (this.#jobs.get(job) === work) this.update(job, phase);
      },
      pause.delay + (pause.name === 'retrying' ? GRACE : 0),
    );
    this.#pauses.add(timer);
  }

  #set(job: object, work: Work): void {
    const before = this.#jobs.get(job);
    const changed = before?.phase.name !== work.phase.name || before.pause?.name !== work.pause?.name;
    this.#jobs.set(job, work);
    // Most messages are at work in the same moment: a queue of none is not shown.
    const isQueued = work.phase.name === 'queued';
    this.#refresh(changed && this.#jobs.size === 1 && !isQueued, isQueued ? INTERVAL : 0);
  }

  /** Notes that a job has ended, and what to show when no other is at work. */
  end(job: object, outcome: NodeStatus): void {
    this.#jobs.delete(job);
    this.#outcome = outcome;
    this.#refresh(this.#jobs.size === 0);
  }

  /** The queue, which other nodes share, has changed. */
  refresh(): void {
    if (this.#jobs.size > 0) this.#refresh(false, INTERVAL);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#clock);
    for (const pause of this.#pauses) clearTimeout(pause);
    this.#node.status({});
  }

  /** @param atLeast milliseconds to wait in any case */
  #refresh(now: boolean, atLeast = 0): void {
    if (this.#closed) return;
    this.#tick();
    const wait = now ? 0 : Math.max(atLeast, this.#shownAt + INTERVAL - performance.now());
    if (wait <= 0) this.#show();
    else this.#timer ??= setTimeout(() => this.#show(), wait);
  }

  /** The time that a wait takes is shown although nothing happens. */
  #tick(): void {
    const waits = [...this.#jobs.values()].some(({ phase }) => 'since' in phase);
    if (waits) this.#clock ??= setInterval(() => this.#refresh(false), TICK);
    else {
      clearInterval(this.#clock);
      this.#clock = undefined;
    }
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const work = [...this.#jobs.values()];
    const status = work.length === 0 ? this.#outcome : statusOf(work, this.#waiting(), this.#translate);
    const shown = JSON.stringify(status);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#shownAt = performance.now();
    this.#node.status(status);
  }
}
