import type { CallContext } from './call.ts';
import {
  type Checkable,
  type Connection,
  inputIssues,
  type MoreRules,
  type Rules,
  withInput,
} from './operation.ts';
import type { RequestOptions } from './request-options.ts';

/** An operation with many results, which come one by one as the reader asks for them. */
export interface IterableOperation<T> extends Checkable {
  /** @throws {ValidationError} with every problem of parameters and options, before anything is sent */
  iterate(connection: Connection, params: unknown, options?: unknown): AsyncGenerator<T, void, undefined>;
}

/** Describes one by the work that emits its results. The limits of the options count for the work as a whole. */
export function iterableOperation<P, O extends RequestOptions, T>(
  params: Rules<P>,
  options: Rules<O>,
  work: (context: CallContext, params: P, options: O, emit: (item: T) => Promise<void>) => Promise<void>,
  more: MoreRules<P, O> = {},
): IterableOperation<T> {
  const rules = { params, options, ...more };
  return {
    check: (given, wanted, connection) => inputIssues(rules, given, wanted, connection),
    iterate: (connection, given, wanted) =>
      emitted<T>((emit) =>
        withInput(rules, connection, given, wanted, (context, sound, limits) =>
          work(context, sound, limits, emit),
        ),
      ),
  };
}

interface Handover<T> {
  readonly item: T;
  readonly taken: () => void;
  readonly refused: (reason: unknown) => void;
}

/** What `work` emits, one item at a time: `emit` resolves when the reader asks for the next one. */
async function* emitted<T>(
  work: (emit: (item: T) => Promise<void>) => Promise<void>,
): AsyncGenerator<T, void, undefined> {
  const offered: Handover<T>[] = [];
  let isRunning = true;
  let wake = () => {};
  const emit = (item: T) =>
    new Promise<void>((taken, refused) => {
      offered.push({ item, taken, refused });
      wake();
    });
  const ended = work(emit).finally(() => {
    isRunning = false;
    wake();
  });
  // The reader gets its failure from the loop, unless it has left.
  ended.catch(() => undefined);
  for (;;) {
    if (offered.length === 0 && isRunning) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const next = offered.shift();
    if (!next) return ended;
    let hasLeft = true;
    try {
      yield next.item;
      hasLeft = false;
      next.taken();
    } finally {
      if (hasLeft) {
        // Ends the work where it stands, and waits until it has closed its connection.
        next.refused(new Error('The reader has left'));
        await ended.catch(() => undefined);
      }
    }
  }
}
