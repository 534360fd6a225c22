import { expect, test } from 'vitest';
import { Limiter } from '../src/runtime/limiter.ts';
import { Sequencer } from '../src/runtime/sequencer.ts';

const never = new AbortController().signal;

test('lets as many in as its limit, the others in the order in which they came', async () => {
  const limiter = new Limiter(2);
  const entered: number[] = [];
  const enter = async (name: number) => {
    const release = await limiter.acquire(never);
    entered.push(name);
    return release;
  };
  const [first, second, third, fourth] = [enter(1), enter(2), enter(3), enter(4)];
  await Promise.all([first, second]);
  expect(limiter.waiting).toBe(2);
  (await second)();
  await third;
  expect(entered).toEqual([1, 2, 3]);
  (await first)();
  await fourth;
  expect(limiter.waiting).toBe(0);
});

test('a place that is given back twice is given back once', async () => {
  const limiter = new Limiter(1);
  const release = await limiter.acquire(never);
  release();
  release();
  await limiter.acquire(never);
  void limiter.acquire(never);
  expect(limiter.waiting).toBe(1);
});

test('who stops waiting leaves the queue, and takes no place', async () => {
  const limiter = new Limiter(1);
  const lengths: number[] = [];
  limiter.onChange(() => lengths.push(limiter.waiting));
  const release = await limiter.acquire(never);
  const controller = new AbortController();
  const given = limiter.acquire(controller.signal);
  const next = limiter.acquire(never);
  controller.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  release();
  await next;
  expect(lengths).toEqual([1, 2, 1, 0]);
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
