import type { Emulator } from '@twelvelabs-nodes/emulator';
import { MARKER } from '../hostile/attack.ts';
import type { Repeat } from './calls.ts';

/** How a call ends: `done`, or the code of its error. */
type Ends = Readonly<Record<Repeat, string>>;

type Action = Parameters<Emulator['addFaults']>[0][number]['action'];

/** A fault that the request which does the work of a call meets once, with the expected result. */
export interface CallFault {
  readonly name: string;
  readonly action?: Action;
  readonly ends: Ends;
  /** An idle limit, in milliseconds, which only core and Node-RED take for a call. */
  readonly idleTimeout?: number;
}

const always = (code: string): Ends => ({ keyed: code, found: code, reported: code });
const UNKNOWN = 'uncertain_outcome';
/** The platform did the work, and nobody heard of it. */
const lost: Ends = { keyed: 'done', found: 'done', reported: UNKNOWN };
/** The platform did nothing, which nobody can tell from the above. */
const notDone: Ends = { keyed: 'done', found: UNKNOWN, reported: UNKNOWN };

/** What a server may say to have the key shown, a log filled, or a line of it forged. */
const HOSTILE = {
  code: 'no\u001b[2J',
  message: `bad key ${MARKER} (${btoa(MARKER)})\r\nforged: line\u2028 ${'x'.repeat(5_000_000)}`,
};

export const CALL_FAULTS: readonly CallFault[] = [
  { name: 'none', ends: always('done') },
  { name: 'reset after the body, not stored', action: { type: 'reset', at: 'after-body' }, ends: notDone },
  { name: 'reset after the body, stored', action: { type: 'reset', at: 'after-stored' }, ends: lost },
  {
    name: 'stall while receiving, stored',
    action: { type: 'stall', while: 'answering' },
    ends: lost,
    idleTimeout: 1_500,
  },
  {
    name: 'HTTP 429',
    action: { type: 'respond', status: 429, headers: { 'retry-after': '1' } },
    ends: always('done'),
  },
  {
    name: 'HTTP 500',
    action: { type: 'respond', status: 500 },
    ends: { keyed: 'api', found: UNKNOWN, reported: UNKNOWN },
  },
  {
    name: 'an error that quotes the key, in 5 MB',
    action: { type: 'respond', status: 400, body: HOSTILE },
    ends: always('api'),
  },
  { name: 'HTTP 503', action: { type: 'respond', status: 503 }, ends: notDone },
  { name: 'truncated answer', action: { type: 'truncate', afterBytes: 10 }, ends: lost },
  {
    name: 'an HTML page for an answer',
    action: { type: 'content-type', body: '<html><title>Log in</title></html>' },
    // Not even a key helps here: nobody knows whether the platform or a proxy answered.
    ends: { ...lost, keyed: UNKNOWN },
  },
  {
    name: 'redirect',
    action: { type: 'redirect', location: 'http://127.0.0.1:9/elsewhere' },
    ends: always('unexpected_response'),
  },
];
