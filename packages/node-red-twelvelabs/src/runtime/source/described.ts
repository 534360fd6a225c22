import type { FileSource } from '@twelvelabs-nodes/core';
import { defined } from '../operation.ts';

/** What is known of a file besides its bytes. */
export interface Described {
  name?: string | undefined;
  /** Media type. */
  type?: string | undefined;
  /** Bytes. */
  size?: number | undefined;
}

export function firstText(...values: unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

/** A file that is called differently. */
export function withDescription(file: FileSource, known: Described): FileSource {
  const overrides = defined(known);
  return Object.keys(overrides).length > 0 ? Object.assign(Object.create(file), overrides) : file;
}
