import type fc from 'fast-check';

/** Something that takes input from outside. */
export interface Target<T = unknown> {
  readonly name: string;
  /** Its part of the cases, against the others' parts. */
  readonly weight: number;
  /** What the input is made of. */
  readonly input: fc.Arbitrary<T>;
  /** Throws when what came out breaks a promise. */
  readonly check: (input: T) => Promise<void>;
  /** Before the first case, and after the last one: looks at what is left. */
  readonly open?: () => Promise<void>;
  readonly close?: () => Promise<void>;
}

/** Loses the type of the input, so that targets fit into one list. */
export const target = <T>(given: Target<T>): Target => given as unknown as Target;
