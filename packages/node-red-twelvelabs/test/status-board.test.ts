import type { Node, NodeStatus } from 'node-red';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

test('a long name leaves room for the time', () => {
  const asset = `${'🎬'.repeat(200)}\n.mp4`;
  board.update({}, { name: 'processing', asset, since: performance.now() - 12_000 });
  expect(texts()).toEqual([`processing · ${'🎬'.repeat(18)}… · 12 s`]);
});

test('a message whose turn comes at once was never queued', () => {
  const job = {};
  board.update(job, { name: 'queued' });
  // Its turn is one that all nodes of the account share.
  board.refresh();
  board.update(job, { name: 'working' });
  board.refresh();
  expect(texts()).toEqual(['working']);
  board.end(job, { text: 'done' });
  board.update(job, { name: 'queued' });
  expect(texts()).toEqual(['working', 'done']);
  vi.advanceTimersByTime(250);
  expect(texts()).toEqual(['working', 'done', 'queued']);
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

test('a rate limit is shown for as long as it lasts, and then what the message was going through', () => {
  const job = {};
  board.update(job, { name: 'uploading', sent: 5 });
  board.pause(job, { name: 'throttled', delay: 3000 });
  expect(shown.at(-1)).toEqual({ fill: 'yellow', shape: 'ring', text: 'throttled 3' });
  vi.advanceTimersByTime(3000);
  expect(texts().at(-1)).toBe('uploading 5 bytes');
});

describe('an outage', () => {
  const since = new Date(2026, 0, 1, 14, 2).getTime();
  const retry = { name: 'retrying', delay: 1000, since, reason: 'no answer' } as const;

  test('says why and since when, without a flicker while attempts fail at once', () => {
    const job = {};
    board.update(job, { name: 'processing', asset: 'a.mp4', since: performance.now() });
    for (let attempt = 0; attempt < 5; attempt++) {
      board.pause(job, retry);
      vi.advanceTimersByTime(1001);
    }
    expect(texts()).toEqual(['processing · a.mp4', 'retrying no answer 14:02']);
  });

  test('is over when something moves again, or when nothing more is tried', () => {
    const job = {};
    board.update(job, { name: 'uploading', sent: 1 });
    board.pause(job, retry);
    board.update(job, { name: 'uploading', sent: 2 });
    expect(texts().at(-1)).toBe('uploading 2 bytes');
    board.pause(job, retry);
    vi.advanceTimersByTime(3000);
    expect(texts().at(-1)).toBe('uploading 2 bytes');
  });
});

test('a resumed upload says where it continued', () => {
  board.update({}, { name: 'uploading', sent: 2048, total: 4096, resumedAt: 1024 });
  expect(texts().at(-1)).toBe('uploading 50 % · 2 KiB / 4 KiB · resumed 1 KiB 4 KiB');
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

test('an answer that takes long shows the time, too', () => {
  board.update({}, { name: 'answering', since: performance.now() });
  vi.advanceTimersByTime(12_000);
  expect(texts().at(-1)).toBe('answering · 12 s');
});

test('leaves nothing behind: no status, no timer', () => {
  board.pause({}, { name: 'throttled', delay: 3000 });
  board.update({}, { name: 'uploading', sent: 1 });
  board.update({}, { name: 'processing', asset: undefined, since: 0 });
  board.close();
  expect(shown.at(-1)).toEqual({});
  expect(vi.getTimerCount()).toBe(0);
});
