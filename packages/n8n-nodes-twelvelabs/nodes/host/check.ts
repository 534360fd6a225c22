import { shapeOf, ValidationError, type ValidationIssue } from '@twelvelabs-nodes/core';
import { asMeant, choiceIn } from './as-meant';

/**
 * Refuses a value of a field that only this node has, as core refuses those of its parameters.
 * @param field the label that people see
 * @throws {ValidationError} when the rule is broken
 */
export function requireThat(
  holds: boolean,
  field: string,
  rule: string,
  message: string,
  value: unknown,
): asserts holds {
  if (!holds) throw new ValidationError([{ field, rule, message, received: shapeOf(value) }]);
}

/** What is wrong, when that is why something failed. @throws any other error */
export function issuesOf(error: unknown): readonly ValidationIssue[] {
  if (error instanceof ValidationError) return error.issues;
  throw error;
}

/** Reads one of the choices of a drop-down, which an expression can set to anything. @throws {ValidationError} */
export function choiceOf<T extends string>(all: readonly T[]): (value: unknown, field: string) => T {
  return (value, field) => {
    const meant = choiceIn(all, value);
    const found = all.find((one) => one === meant);
    requireThat(found !== undefined, field, 'value', `must be one of ${all.join(', ')}`, value);
    return found;
  };
}

/** Reads several of the choices of a list. @throws {ValidationError} */
export function choicesOf<T extends string>(all: readonly T[]): (value: unknown, field: string) => T[] {
  const choice = choiceOf(all);
  return (value, field) => {
    const chosen = asMeant({ type: 'multiOptions' }, value);
    requireThat(Array.isArray(chosen), field, 'type', `must be an array of ${all.join(', ')}`, value);
    // Not `map`, which skips the holes of a list.
    return Array.from(chosen, (one) => choice(one, field));
  };
}

/** Reads a switch. @throws {ValidationError} */
export function flag(value: unknown, field: string): boolean {
  requireThat(typeof value === 'boolean', field, 'type', 'must be true or false', value);
  return value;
}
