import { requireThat } from '../../host/check';
import type { Read } from './field';

const UNITS = { seconds: 1_000, minutes: 60_000 } as const;

/** What timers can take, in milliseconds. */
const LONGEST = 2_147_483_647;

/**
 * A limit of time as core's milliseconds. Core has the same bounds, and would name them in milliseconds: who obeyed would
 * enter 60000 for a minute.
 */
export function timeLimit(unit: keyof typeof UNITS): Read<number> {
  const most = Math.floor(LONGEST / UNITS[unit]);
  return (value, field) => {
    const milliseconds = typeof value === 'number' ? value * UNITS[unit] : Number.NaN;
    const message = `must be a number of ${unit}, more than 0 and at most ${most.toLocaleString('en-US')}`;
    requireThat(milliseconds >= 1 && milliseconds <= LONGEST, field, 'range', message, value);
    return milliseconds;
  };
}

/** Minutes of a limit, of which 0 is how people write "none". */
export const limitInMinutes: Read<number | undefined> = (value, field) =>
  value === 0 ? undefined : timeLimit('minutes')(value, field);

/** Minutes, of which 0 means not at all. */
export const minutesOrNone: Read<number> = (value, field) => {
  const isDuration = typeof value === 'number' && Number.isFinite(value) && value >= 0;
  requireThat(isDuration, field, 'range', 'must be 0 or more minutes', value);
  return value * UNITS.minutes;
};
