import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { generateSync, type JsonSchema } from 'json-schema-faker';

/** The platform's own type, which is not part of JSON Schema, as what it comes out as. */
const timestamps: Readonly<Record<string, JsonSchema>> = {
  seconds: { const: 1.5 },
  'hh:mm:ss': { const: '00:00:01' },
  'hh:mm:ss.fff': { const: '00:00:01.500' },
};

/**
 * A value that satisfies a JSON schema, the same for the same schema. Texts say that they are made up.
 *
 * @throws {Error} when the schema itself is wrong, or nothing that satisfies it could be found.
 */
export function madeUpJson(schema: Record<string, unknown>): unknown {
  const plain = withoutTimestamps(schema) as Record<string, unknown>;
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const satisfies = ajv.compile(plain);
  // Without its optional properties a recursive schema comes to an end.
  for (const alwaysFakeOptionals of [true, false]) {
    const value = generateSync(plain as JsonSchema, {
      seed: 1,
      alwaysFakeOptionals,
      ...(!alwaysFakeOptionals && { optionalsProbability: 0 }),
      maxDefaultItems: 3,
      outputTransform: label,
    });
    if (satisfies(value)) return value;
  }
  throw new Error('no value was found that satisfies it');
}

/** Puts the property's name in place of random letters where any text will do. */
function label(value: unknown, schema: JsonSchema, path: string): unknown {
  const free =
    typeof schema === 'object' &&
    !['pattern', 'format', 'enum', 'const'].some((keyword) => keyword in schema);
  if (typeof value !== 'string' || !free) return value;
  const name = path.split('/').findLast((part) => !/^\d*$/.test(part)) ?? 'text';
  if (name === 'start_time' || name === 'end_time') return '00:00:01.500';
  return `${name} (made up)`;
}

function withoutTimestamps(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutTimestamps);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { type, format } = schema as { type?: unknown; format?: unknown };
  if (type === 'timestamp') return timestamps[String(format)];
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withoutTimestamps(value)]));
}
