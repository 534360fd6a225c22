import type { Read } from './field';

/** Minutes as core's milliseconds; what is no number stays as it is, for core to refuse. */
export const minutes: Read<unknown> = (value) => (typeof value === 'number' ? value * 60_000 : value);

/** Seconds as core's milliseconds. */
export const seconds: Read<unknown> = (value) => (typeof value === 'number' ? value * 1_000 : value);

/** Minutes of a limit, of which 0 is how people write "none". */
export const limitInMinutes: Read<unknown> = (value, label) =>
  value === 0 ? undefined : minutes(value, label);
