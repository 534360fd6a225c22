import type { ValidationError } from '@twelvelabs-nodes/core';
import type { Core } from '../core.ts';

/** Years whose timestamps people inject. */
const [FIRST, LAST] = [Date.UTC(2001, 0), Date.UTC(2100, 0)];

/** The error for a value that is no source of a file. */
export function unusable(core: Core, value: unknown): ValidationError {
  return fileIssue(core, 'type', requirement(value), core.shapeOf(value));
}

function requirement(value: unknown): string {
  if (Array.isArray(value))
    return value.length === 0
      ? 'must be a file, but no file was given'
      : 'must be one file: put a split node before this one';
  const isTimestamp = typeof value === 'number' && value > FIRST && value < LAST;
  const kinds = 'must be a path, a URL, a Buffer, a stream or an uploaded file';
  // First what is wrong: a status has room for no more.
  return isTimestamp ? `is the timestamp of an inject node, and ${kinds}` : kinds;
}

export function fileIssue(
  { ValidationError }: Core,
  rule: string,
  message: string,
  received: string,
): ValidationError {
  return new ValidationError([{ field: 'file', rule, message, received }]);
}
