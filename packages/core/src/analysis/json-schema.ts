/** What is wrong with a schema, and where. */
export interface SchemaProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Keywords that the platform refuses wherever they are, and what to do. Source: "Create an analysis", `json_schema`. */
const REFUSED: Readonly<Record<string, string>> = {
  minLength: 'describe the length in the prompt, or use pattern',
  maxLength: 'describe the length in the prompt, or use pattern',
  additionalProperties: 'remove it: the answer has only the properties that are declared',
  maxItems: 'describe the number of items in the prompt',
  uniqueItems: 'remove it',
  oneOf: 'use anyOf',
  allOf: 'write one schema with all properties',
  not: 'remove it',
  multipleOf: 'remove it',
  patternProperties: 'declare the properties by their names',
  propertyNames: 'declare the properties by their names',
  minProperties: 'use required',
  maxProperties: 'remove it',
  prefixItems: 'use an object with named properties',
  contains: 'describe the content in the prompt',
  dependentRequired: 'use required',
  dependentSchemas: 'use anyOf',
  if: 'use anyOf',
  unevaluatedProperties: 'remove it',
  unevaluatedItems: 'remove it',
};

/** Keywords that the platform takes for one type only. */
const ONLY_FOR: Readonly<Record<string, string>> = {
  minimum: 'integer',
  maximum: 'integer',
  exclusiveMinimum: 'integer',
  exclusiveMaximum: 'integer',
};

const STRING_FORMATS = ['uuid', 'date-time', 'date', 'time'];
export const TIMESTAMP_FORMATS = ['seconds', 'hh:mm:ss', 'hh:mm:ss.fff'] as const;

/** Names that the platform fills with times of the video, and the types that it can write them in. */
const RESERVED = ['start_time', 'end_time'];
const TIME_TYPES = ['number', 'integer', 'string', 'timestamp'];

/** Deeper than any answer needs to be. */
const MAX_DEPTH = 32;

type Node = Readonly<Record<string, unknown>>;

/**
 * Everything in a schema that the platform certainly refuses. What it does not document is left to the platform.
 * @param around the schemas that contain this one
 */
export function schemaProblems(
  schema: Node,
  path: readonly PropertyKey[] = [],
  around: readonly Node[] = [],
): SchemaProblem[] {
  if (around.includes(schema)) return [{ path, message: 'contains itself: use $ref' }];
  if (path.length > MAX_DEPTH) return [{ path, message: 'is nested too deep' }];
  return [
    ...keywordProblems(schema, path),
    ...formatProblems(schema, path),
    ...innerProblems(schema, path, [...around, schema]),
  ];
}

function keywordProblems(schema: Node, path: readonly PropertyKey[]): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  for (const keyword of Object.keys(schema)) {
    const advice = Object.hasOwn(REFUSED, keyword) ? REFUSED[keyword] : undefined;
    if (advice)
      problems.push({
        path: [...path, keyword],
        message: `is a keyword that the platform refuses: ${advice}`,
      });
    const only = Object.hasOwn(ONLY_FOR, keyword) ? ONLY_FOR[keyword] : undefined;
    if (only && typeof schema.type === 'string' && schema.type !== only)
      problems.push({ path: [...path, keyword], message: `is taken for the type "${only}" only` });
  }
  if (typeof schema.minItems === 'number' && schema.minItems > 1)
    problems.push({ path: [...path, 'minItems'], message: 'must be 0 or 1' });
  return problems;
}

function formatProblems({ type, format }: Node, path: readonly PropertyKey[]): SchemaProblem[] {
  if (type === 'timestamp' && !isTimestampPlace(path)) {
    const message = 'must not be a timestamp: these are taken at the top, and in the objects of a list there';
    return [{ path, message }];
  }
  const formats: readonly string[] | undefined =
    type === 'timestamp' ? TIMESTAMP_FORMATS : type === 'string' ? STRING_FORMATS : undefined;
  if (!formats || (format === undefined && type === 'string')) return [];
  if (typeof format === 'string' && formats.includes(format)) return [];
  return [
    { path: [...path, 'format'], message: `must be one of ${formats.join(', ')} for the type "${type}"` },
  ];
}

function isTimestampPlace(path: readonly PropertyKey[]): boolean {
  const words = path.map((key, index) => (index === 1 || index === 4 ? 'any' : key));
  return ['properties/any', 'properties/any/items/properties/any'].includes(words.join('/'));
}

function innerProblems(schema: Node, path: readonly PropertyKey[], around: readonly Node[]): SchemaProblem[] {
  const inner: [readonly PropertyKey[], unknown][] = [
    ...entriesOf(schema, 'properties', path),
    ...entriesOf(schema, '$defs', path),
    ...entriesOf(schema, 'anyOf', path),
    [[...path, 'items'], schema.items],
  ];
  return inner.flatMap(([at, node]) => {
    if (!isNode(node)) return [];
    const name = at.at(-1);
    const isTime = at.at(-2) === 'properties' && RESERVED.includes(String(name));
    const reserved = isTime ? timeProblems(node, at) : [];
    return [...reserved, ...schemaProblems(node, at, around)];
  });
}

function timeProblems({ type, format }: Node, path: readonly PropertyKey[]): SchemaProblem[] {
  const isTime = typeof type !== 'string' || TIME_TYPES.includes(type);
  if (isTime && (type !== 'string' || format === undefined)) return [];
  return [
    {
      path,
      message:
        'is filled with a time by the platform: its type must be number, integer, timestamp, or string without a format',
    },
  ];
}

function entriesOf(
  schema: Node,
  keyword: string,
  path: readonly PropertyKey[],
): [readonly PropertyKey[], unknown][] {
  const value = schema[keyword];
  if (Array.isArray(value)) return value.map((node, index) => [[...path, keyword, index], node]);
  return isNode(value) ? Object.entries(value).map(([key, node]) => [[...path, keyword, key], node]) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
