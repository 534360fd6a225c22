import { shapeOf, ValidationError, type ValidationIssue } from '@twelvelabs-nodes/core';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { asMeant } from '../../host/as-meant';
import { issuesOf, requireThat } from '../../host/check';
import { type Field, type Form, fieldsOf, isGroup, nameIn } from './field';

/** The mode of a resource locator in which people give a name. */
export const BY_NAME = 'name';

/** A thing that was chosen by its name, and may not exist yet. */
export class Named {
  readonly name: unknown;

  constructor(name: unknown) {
    this.name = name;
  }
}

type Values = Record<string, unknown>;

/** What a form says for one item, as core's parameters and options. Fields that are hidden or not added set nothing. */
export class FormValues {
  readonly params: Values = {};
  readonly options: Values = {};
  /** The labels of the fields that set something, by core's name of it: other fields may set the same. */
  readonly labels: Record<string, string> = {};
  /** What is wrong, in core's form: by core's name of what a field sets, else by the field's label. */
  readonly issues: ValidationIssue[] = [];
  readonly #context: IExecuteFunctions;
  readonly #itemIndex: number;
  readonly #properties: ReadonlyMap<string, INodeProperties>;
  readonly #read = new Map<INodeProperties, unknown>();
  /** What fields that are wrong would set. */
  readonly #unset = new Set<string>();

  constructor(context: IExecuteFunctions, itemIndex: number, form: Form) {
    this.#context = context;
    this.#itemIndex = itemIndex;
    this.#properties = new Map(fieldsOf(form).map(({ property }) => [property.name, property]));
    for (const part of form) {
      if (isGroup(part)) {
        const added = this.#collection(part.property.name);
        for (const field of part.fields) this.#take(field, added);
      } else if (this.#isShown(part.property)) {
        const { name } = part.property;
        this.#take(part, { [name]: this.#parameter(part.property) });
      }
    }
  }

  /** The value of a field; `undefined` when it is hidden, was not added, or is wrong. */
  get<T>(field: Field<T>): T | undefined {
    return this.#read.get(field.property) as T | undefined;
  }

  /** Equal for forms that are filled in equally. */
  get fingerprint(): string {
    return JSON.stringify([...this.#read].map(([{ name }, value]) => [name, value]));
  }

  /** The parameters without some of them. */
  paramsWithout(...names: readonly string[]): Values {
    return Object.fromEntries(Object.entries(this.params).filter(([name]) => !names.includes(name)));
  }

  /** Adds problems, each once; of a field that is wrong already, none. */
  add(issues: readonly ValidationIssue[]): void {
    const known = new Set([...this.#unset, ...this.issues.map(({ field }) => field)]);
    const found = issues.filter(({ field }) => !known.has(field));
    // Several files of an item share values.
    this.issues.push(...new Map(found.map((issue) => [`${issue.field}: ${issue.message}`, issue])).values());
  }

  /**
   * @param more finds the problems of what the form sets; only where there are others
   * @throws {ValidationError} with every problem
   */
  async check(more: () => Promise<readonly ValidationIssue[]> = async () => []): Promise<void> {
    if (this.issues.length === 0) return;
    // A field that is wrong sets nothing: that core then misses it is no other problem.
    this.add(await more());
    throw new ValidationError(this.issues);
  }

  #take(field: Field, values: Values): void {
    const { property, sets, read, alsoIn } = field;
    const { name, displayName } = property;
    const other = alsoIn ? this.#collection(alsoIn) : {};
    const from = Object.hasOwn(other, name) ? other : values;
    if (!Object.hasOwn(from, name)) return;
    const value = from[name];
    try {
      // Somebody asked for this value: without one, the call would silently do something else.
      const missing = 'has no value: its expression returned nothing';
      requireThat(value !== undefined, displayName, 'required', missing, value);
      const found = read(asMeant(property, value), displayName);
      this.#read.set(property, found);
      if (!sets || found === undefined) return;
      this.labels[nameIn(sets)] ??= displayName;
      assign(this, sets.split('.'), found);
    } catch (error) {
      if (!sets) return void this.issues.push(...issuesOf(error));
      const target = nameIn(sets);
      this.#unset.add(target);
      // By core's name, as everything else about it, unless another field has given that name its label.
      this.labels[target] ??= displayName;
      const renamed = (issue: ValidationIssue) =>
        this.labels[target] === displayName && issue.field === displayName
          ? { ...issue, field: target }
          : issue;
      this.issues.push(...issuesOf(error).map(renamed));
    }
  }

  #collection(name: string): Values {
    const value: unknown = this.#context.getNodeParameter(name, this.#itemIndex, {});
    if (typeof value === 'object' && value !== null) return value as Values;
    this.issues.push(...problem(name, 'type', 'must be an object of fields', value).issues);
    return {};
  }

  #parameter({ name, type, default: fallback }: INodeProperties): unknown {
    const extractValue = type === 'resourceLocator';
    const value: unknown = this.#context.getNodeParameter(name, this.#itemIndex, fallback, { extractValue });
    if (!extractValue) return value;
    const chosen: unknown = this.#context.getNodeParameter(name, this.#itemIndex, fallback);
    return (chosen as { mode?: unknown } | null)?.mode === BY_NAME ? new Named(value) : value;
  }

  #isShown({ displayOptions: { show = {}, hide = {} } = {} }: INodeProperties): boolean {
    const applies = ([name, values]: [string, unknown[] | undefined]) => {
      const chosen: unknown = this.#context.getNodeParameter(name, this.#itemIndex, null);
      const property = this.#properties.get(name);
      return values?.includes(property ? asMeant(property, chosen) : chosen);
    };
    return (
      Object.entries(show as Record<string, unknown[]>).every(applies) &&
      !Object.entries(hide as Record<string, unknown[]>).some(applies)
    );
  }
}

function assign(target: object, [name = '', ...inner]: string[], value: unknown): void {
  const values = target as Values;
  if (inner.length === 0) values[name] = value;
  else {
    values[name] ??= {};
    assign(values[name] as object, inner, value);
  }
}

function problem(field: string, rule: string, message: string, value: unknown): ValidationError {
  return new ValidationError([{ field, rule, message, received: shapeOf(value) }]);
}
