import type { ValidationError } from '@twelvelabs-nodes/core';
import type { Core } from '../core.ts';

/** Years whose timestamps people inject. */
const [FIRST, LAST] = [Date.UTC(2001, 0), Date.UTC(2100, 0)];

/** The error for a value that is no source of a file. */
export function unusable(core: Core, value: unknown): ValidationError {
  const isTimestamp = typeof value === 'number' && value > FIRST && value < LAST;
  const message = `must be a path, a URL, a Buffer, a stream or an uploaded file${isTimestamp ? ', not the timestamp of an inject node' : ''}`;
  return fileIssue(core, 'type', message, core.shapeOf(value));
}

export function fileIssue(
  { ValidationError }: Core,
  rule: string,
  message: string,
  received: string,
): ValidationError {
  return new ValidationError([{ field: 'file', rule, message, received }]);
}
