import { requireThat } from '../../../host/check';

/** The JSON schema of values like an example: of the same types, with all fields. A list has items like its first one. */
export function schemaOfExample(example: unknown, field: string): object {
  if (Array.isArray(example)) {
    const [first] = example;
    requireThat(first !== undefined, field, 'length', 'must have an item in each list', example);
    return { type: 'array', items: schemaOfExample(first, field) };
  }
  requireThat(example !== null, field, 'type', 'must have a value for each field', example);
  if (typeof example !== 'object') return { type: typeof example };
  const properties = Object.entries(example).map(([name, value]) => [
    name,
    schemaOfExample(value, `${field}.${name}`),
  ]);
  requireThat(properties.length > 0, field, 'length', 'must have at least one field', example);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: Object.keys(example),
  };
}
