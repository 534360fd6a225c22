import type { IterableOperation, ValidationIssue } from '@twelvelabs-nodes/core';
import type { OperationContext } from './operation.ts';

interface Thing {
  readonly _id: string;
}

/** How to find a thing of the account by its name. */
export interface Named<T extends Thing> {
  /** For messages: `index`. */
  readonly kind: string;
  /** Core's field that takes the ID. */
  readonly field: string;
  readonly list: IterableOperation<T>;
  /** The list's own filter by a part of the name. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly nameOf: (thing: T) => unknown;
}

/** Whether text is an ID of the platform. */
export function isId(text: string): boolean {
  return /^\s*[0-9a-f]{24}\s*$/i.test(text);
}

/** Stands for an ID that is not known yet, in a check. */
export const LATER = 'later';

/** A name of digits may come as a number. */
export const asName = (value: unknown): unknown => (typeof value === 'number' ? String(value) : value);

/** What stands for an ID in a check before the ID is known; what is no name is left to core's rule. */
export function idToCheck(value: unknown): unknown {
  const name = asName(value);
  return typeof name === 'string' && name.trim() !== '' ? LATER : value;
}

/** What is wrong with a field that takes a name too, where core knows of the ID alone. @param thing `an index` */
export function takingNames(
  issues: readonly ValidationIssue[],
  field: string,
  thing: string,
): readonly ValidationIssue[] {
  const message = `must be the name or the ID of ${thing}`;
  return issues.map((issue) =>
    issue.field === field && issue.rule !== 'required' ? { ...issue, message } : issue,
  );
}

/**
 * The ID in a text that is one, or of the thing that has exactly this name.
 * @throws {ValidationError} when the account has none
 */
export async function idOf<T extends Thing>(
  { core, client, options }: OperationContext,
  given: unknown,
  { kind, field, list, params, nameOf }: Named<T>,
): Promise<string> {
  const name = String(given);
  if (isId(name)) return name.trim();
  for await (const thing of client.iterate(list, params, options))
    if (nameOf(thing) === name) return thing._id;
  const message = `must be the name or the ID of an existing ${kind}: the account has none of this name`;
  throw new core.ValidationError([
    { field, rule: 'exists', message, received: JSON.stringify(name.slice(0, 100)) },
  ]);
}
