import { expect, it } from 'vitest';
import { send } from '../src/http/send.ts';
import { type Clock, readAnswer, type Transport } from '../src/index.ts';
import { getRequest } from './support/requests.ts';

/** A clock that stands still until time is passed. */
function standingClock() {
  let time = 0;
  const sleepers = new Set<{ due: number; wake: () => void }>();
  const clock: Clock = {
    now: () => time,
    random: () => 0,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { due: time + milliseconds, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
  };
  const pass = async (milliseconds: number) => {
    time += milliseconds;
    for (const sleeper of sleepers) {
      if (sleeper.due > time) continue;
      sleepers.delete(sleeper);
      sleeper.wake();
    }
    await new Promise(setImmediate);
  };
  return { clock, pass };
}

/** Sends a request whose answer comes in such pieces, one each 40 seconds, under an idle limit of a minute. */
function answered(bytes: number, pieces: number) {
  const { clock, pass } = standingClock();
  const transport: Transport = {
    async send(request) {
      const chunks = (async function* () {
        for (let count = 0; count < pieces; count++) {
          await pass(40_000);
          yield new Uint8Array(bytes).fill(32);
        }
      })();
      return { status: 200, headers: {}, body: await readAnswer(request, 200, chunks) };
    },
  };
  return send(getRequest('https://example.com/embed-v2/tasks/1'), { transport, clock });
}

it('an answer that keeps growing has not stalled, however long it takes', async () => {
  expect(await answered(70_000, 5)).toMatchObject({ response: { status: 200 } });
});

it('one that only trickles has', async () => {
  expect(await answered(100, 5)).toMatchObject({ failure: { code: 'timeout', kind: 'idle' } });
});
