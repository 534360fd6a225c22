import type { Node, NodeStatus } from 'node-red';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StatusBoard } from '../src/runtime/status-board.ts';

let shown: NodeStatus[];
let waiting: number;
let board: StatusBoard;

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  waiting = 0;
  const node = { status: (status: NodeStatus) => shown.push(status) } as unknown as Node;
  const translate = (key: string, values: object = {}) =>
    [key.replace('status.', ''), ...Object.values(values)].join(' ');
  board = new StatusBoard(node, translate, () => waiting);
});
afterEach(() => vi.useRealTimers());

const texts = () => shown.map(({ text }) => text);

test('shows a change of phase at once, and numbers at most four times a second', () => {
  const job = {};
  board.update(job, { name: 'uploading', sent: 0, total: 1000 });
  for (let sent = 100; sent <= 900; sent += 100) board.update(job, { name: 'uploading', sent, total: 1000 });
  expect(texts()).toEqual(['uploading 0 % · 0 bytes / 1000 bytes']);
  vi.advanceTimersByTime(250);
  expect(texts().at(-1)).toBe('uploading 90 % · 900 bytes / 1000 bytes');
  board.update(job, { name: 'processing', asset: 'a.mp4', since: performance.now() });
  expect(texts()).toHaveLength(3);
});

test('adds several messages up, and ends with the last outcome', () => {
  const [a, b] = [{}, {}];
  board.update(a, { name: 'uploading', sent: 512, total: 1024 });
  board.update(b, { name: 'uploading', sent: 0, total: 1024 });
  waiting = 3;
  vi.advanceTimersByTime(250);
  expect(texts().at(-1)).toBe('active 2 · 25 % · 512 bytes / 2 KiB · waiting 3');
  board.end(a, { text: 'first' });
  board.end(b, { fill: 'green', text: 'second' });
  expect(shown.at(-1)).toEqual({ fill: 'green', text: 'second' });
  vi.advanceTimersByTime(10_000);
  expect(texts().at(-1)).toBe('second');
});

test('a pause ends when its time is over', () => {
  board.update({}, { name: 'throttled', delay: 3000 });
  expect(shown.at(-1)).toEqual({ fill: 'yellow', shape: 'ring', text: 'throttled 3' });
  vi.advanceTimersByTime(3000);
  expect(texts().at(-1)).toBe('working');
});

test('a wait shows the asset and the time, and nothing moves when it is over', () => {
  const job = {};
  board.update(job, { name: 'processing', asset: 'a.mp4', since: performance.now() });
  expect(texts().at(-1)).toBe('processing · a.mp4');
  vi.advanceTimersByTime(12_000);
  expect(texts().at(-1)).toBe('processing · a.mp4 · 12 s');
  vi.advanceTimersByTime(128_000);
  expect(texts().at(-1)).toBe('processing · a.mp4 · 2 min');
  expect(texts()).toHaveLength(62);
  board.end(job, { text: 'ready' });
  expect(vi.getTimerCount()).toBe(0);
});

test('leaves nothing behind: no status, no timer', () => {
  board.update({}, { name: 'retrying', delay: 3000 });
  board.update({}, { name: 'uploading', sent: 1 });
  board.update({}, { name: 'processing', asset: undefined, since: 0 });
  board.close();
  expect(shown.at(-1)).toEqual({});
  expect(vi.getTimerCount()).toBe(0);
});
