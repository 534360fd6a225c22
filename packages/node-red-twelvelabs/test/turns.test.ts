import { expect, test } from 'vitest';
import { Pool, systemClock } from '../src/runtime/core-entry.ts';
import { Sequencer } from '../src/runtime/sequencer.ts';
import { Turns } from '../src/runtime/turns.ts';

const never = new AbortController().signal;

test('knows who waits, and says so at each change', async () => {
  const lengths: number[] = [];
  const turns = new Turns(new Pool(systemClock, { count: 1 }), () => lengths.push(turns.waiting));
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = turns.run(0, never, () => promise);
  const second = turns.run(0, never, async () => 'second');
  const stopped = new AbortController();
  const third = turns.run(0, stopped.signal, async () => 'third');
  await expect.poll(() => turns.waiting).toBe(2);
  stopped.abort(new Error('enough'));
  await expect(third).rejects.toMatchObject({ code: 'aborted' });
  resolve();
  await first;
  expect(await second).toBe('second');
  expect(lengths).toEqual([1, 2, 3, 2, 1, 0]);
});

test('turns come in the order of entering, whoever is done first', async () => {
  const sequencer = new Sequencer();
  const order: string[] = [];
  const [slow, quick] = [sequencer.enter(), sequencer.enter()];
  const quickDone = quick.turn.then(() => order.push('quick')).finally(quick.leave);
  await slow.turn;
  order.push('slow');
  slow.leave();
  await quickDone;
  expect(order).toEqual(['slow', 'quick']);
});
