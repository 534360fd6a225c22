import type { INodeProperties } from 'n8n-workflow';

/**
 * Turns what people entered into what the call takes.
 * @throws {ValidationError} when the value has no meaning
 */
export type Read<T> = (value: unknown, label: string) => T;

/** The part of a call to core that a value belongs to, and core's name of it: `options.waitUntilReady.maxWait`. */
export type Target = `params.${string}` | `options.${string}`;

/** One field of a form: the only place for its label, its name in workflows and what it sets. */
export interface Field<T = unknown> {
  readonly property: INodeProperties;
  /** Missing when only this node uses the value. */
  readonly sets?: Target;
  readonly read: Read<T>;
  /** A collection in which workflows may have this field as well: it is shown there only where it is set. */
  readonly alsoIn?: string;
  /** The form does not offer this field, and shows it where a workflow has set it. */
  readonly onlyWhereSet?: boolean;
}

/** Fields that people add one by one: n8n's "collection". */
export interface Group {
  readonly property: INodeProperties;
  readonly fields: readonly Field[];
}

export type Form = readonly (Field | Group)[];

/** A field whose value core checks. */
export function sets<T = unknown>(
  target: Target,
  property: INodeProperties,
  read: Read<T> = (value) => value as T,
): Field<T> {
  return { property, sets: target, read };
}

/** A field that only this node uses. */
export function own<T>(property: INodeProperties, read: Read<T>): Field<T> {
  return { property, read };
}

/** @param name the parameter that contains the fields */
export function group(
  displayName: string,
  name: string,
  fields: readonly Field[],
  placeholder = 'Add option',
): Group {
  return { property: { displayName, name, type: 'collection', placeholder, default: {} }, fields };
}

export function isGroup(part: Field | Group): part is Group {
  return 'fields' in part;
}

/** All fields of a form, those in groups as well. */
export function fieldsOf(form: Form): Field[] {
  return form.flatMap((part) => (isGroup(part) ? part.fields : [part]));
}

/** What people see, by core's name, and by itself: errors call a value by the label of its field. */
export function labelsOf(form: Form): Record<string, string> {
  const named = fieldsOf(form).flatMap(({ sets: target, property: { displayName } }) => [
    [displayName, displayName],
    ...(target ? [[nameIn(target), displayName]] : []),
  ]);
  // Of two fields that set the same, the first has the shorter label.
  return Object.fromEntries(named.reverse());
}

/** Core's name of what a target sets. */
export function nameIn(target: Target): string {
  return target.slice(target.indexOf('.') + 1);
}
