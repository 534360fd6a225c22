import type { Jobs } from './jobs.ts';

/** `msg.abort` as text, from a dashboard's button or a form. */
const ALL: readonly unknown[] = [true, 'true'];

/**
 * Handles `msg.abort`: `true` stops all messages of the node, an id those with that id.
 * @param warn receives what a person should know when there was nothing to stop
 * @returns whether the message asked for that; false for a message to work on
 */
export function handleAbort(abort: unknown, jobs: Jobs, warn: (text: string) => void): boolean {
  if (abort === undefined || abort === null || abort === false || abort === '') return false;
  if (ALL.includes(abort)) jobs.abort();
  else if (typeof abort !== 'string')
    warn(
      `msg.abort must be true or the _msgid of a message, not a value of type ${typeof abort}: nothing was stopped`,
    );
  else if (jobs.abort(abort) === 0)
    warn(
      `msg.abort names the message ${JSON.stringify(abort.slice(0, 100))}, which is not at work here: nothing was stopped`,
    );
  return true;
}
