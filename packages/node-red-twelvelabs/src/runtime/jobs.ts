import type { NodeMessageInFlow } from 'node-red';

/** One message at work. Everything that belongs to a message lives here, never on the node. */
export interface Job {
  readonly messageId: string;
  readonly signal: AbortSignal;
}

/** The messages that a node is working on, so that they can be stopped together or one by one. */
export class Jobs {
  readonly #running = new Map<Job, { controller: AbortController; settled: Promise<void> }>();

  /** Runs `work` as a job. `work` must handle its own errors. */
  run(msg: NodeMessageInFlow, work: (job: Job) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    const job: Job = { messageId: msg._msgid, signal: controller.signal };
    const settled = work(job).finally(() => this.#running.delete(job));
    this.#running.set(job, { controller, settled });
    return settled;
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
