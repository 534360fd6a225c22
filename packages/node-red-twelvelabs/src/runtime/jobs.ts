import type { NodeMessageInFlow } from 'node-red';

/** One message at work. Everything that belongs to a message lives here, never on the node. */
export interface Job {
  readonly messageId: string;
  readonly signal: AbortSignal;
  /** The assets that exist for this message, the last one at the end. */
  readonly assetIds: string[];
  /** What the platform works on for this message also when nobody waits for it: `analysis task 6298d6…`. */
  readonly tasks: string[];
}

/** The messages that a node is working on, so that they can be stopped together or one by one. */
export class Jobs {
  readonly #running = new Map<Job, { controller: AbortController; settled: Promise<void> }>();

  /** The messages at work. */
  get running(): readonly Job[] {
    return [...this.#running.keys()];
  }

  /**
   * Runs `work` as a job.
   * @param work handles its own errors, and returns what is left to do once the job counts as ended
   */
  run(msg: NodeMessageInFlow, work: (job: Job) => Promise<() => void>): void {
    const controller = new AbortController();
    const job: Job = { messageId: msg._msgid, signal: controller.signal, assetIds: [], tasks: [] };
    const settled = work(job).then((end) => {
      this.#running.delete(job);
      end();
    });
    this.#running.set(job, { controller, settled });
  }

  /** Stops every job, or those of one message. @returns how many were running. */
  abort(messageId?: string): number {
    let count = 0;
    for (const [job, { controller }] of this.#running) {
      if (messageId !== undefined && job.messageId !== messageId) continue;
      controller.abort();
      count += 1;
    }
    return count;
  }

  /** Resolves once every job has ended. */
  async settled(): Promise<void> {
    await Promise.all([...this.#running.values()].map((job) => job.settled));
  }
}
