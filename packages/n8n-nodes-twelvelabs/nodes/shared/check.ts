import { shapeOf, ValidationError } from '@twelvelabs-nodes/core';

/**
 * Refuses a value of a field that only this node has, as core refuses those of its parameters.
 * @param field the name that people see
 * @throws {ValidationError} when the rule does not hold
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

/** One of the choices of a drop-down, which an expression can set to anything. @throws {ValidationError} */
export function choice<T extends string>(field: string, value: unknown, choices: readonly T[]): T {
  const found = choices.find((one) => one === value);
  requireThat(found !== undefined, field, 'value', `must be one of ${choices.join(', ')}`, value);
  return found;
}

/** Several of the choices of a list. @throws {ValidationError} */
export function choices<T extends string>(field: string, value: unknown, all: readonly T[]): T[] {
  requireThat(Array.isArray(value), field, 'type', `must be an array of ${all.join(', ')}`, value);
  return value.map((one) => choice(field, one, all));
}

/** What a switch says. @throws {ValidationError} */
export function flag(field: string, value: unknown): boolean {
  requireThat(typeof value === 'boolean', field, 'type', 'must be true or false', value);
  return value;
}
