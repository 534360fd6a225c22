import { expect, test } from 'vitest';
import { Queue } from '../src/jobs/queue.ts';

test('runs no more at once than it should, in order, and lets those leave who wait', async () => {
  const queue = new Queue(2);
  const order: number[] = [];
  const open: (() => void)[] = [];
  const leave = new AbortController();
  const task = (id: number, signal = new AbortController().signal) =>
    queue.run(async () => {
      order.push(id);
      await new Promise<void>((resolve) => open.push(resolve));
    }, signal);
  const first = task(1);
  const all = [first, task(2), task(4)];
  const third = task(3, leave.signal);
  all.push(task(5));
  await new Promise(setImmediate);
  expect(order).toEqual([1, 2]);
  leave.abort(new Error('left'));
  await expect(third).rejects.toThrow('left');
  open.shift()?.();
  await first;
  await new Promise(setImmediate);
  expect(order).toEqual([1, 2, 4]);
  while (order.length < 4 || open.length > 0) {
    open.shift()?.();
    await new Promise(setImmediate);
  }
  await Promise.all(all);
  expect(order).toEqual([1, 2, 4, 5]);
  await expect(task(6, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
});
