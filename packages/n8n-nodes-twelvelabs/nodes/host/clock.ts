import type { Clock } from '@twelvelabs-nodes/core';
import { sleep } from 'n8n-workflow';

/** The world's clock, by the helper that n8n gives nodes, which may not use timers themselves. */
export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => (signal ? sleep(milliseconds, signal) : sleep(milliseconds)),
  random: () => Math.random(),
};
