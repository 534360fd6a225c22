import { invalid, PlatformError } from '../errors.ts';

type Schema = Record<string, unknown>;

/** Keywords that the platform takes, by the type that they belong to. Source: "Create an analysis", `json_schema`. */
const keywords: Readonly<Record<string, readonly string[]>> = {
  integer: ['maximum', 'exclusiveMaximum', 'minimum', 'exclusiveMinimum'],
  string: ['pattern', 'format'],
  object: ['properties', 'required'],
  array: ['items', 'minItems'],
  timestamp: ['format'],
};
const anywhere = new Set(['type', 'const', 'enum', 'anyOf', '$ref', '$defs']);
const annotations = new Set([
  ...['title', 'description', '$comment', '$comments', '$schema', '$id'],
  ...['default', 'examples', 'deprecated', 'readOnly', 'writeOnly'],
]);
const types = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string', 'timestamp']);
const stringFormats = new Set(['uuid', 'date-time', 'date', 'time']);
const timestampFormats = ['seconds', 'hh:mm:ss', 'hh:mm:ss.fff'];

/** Where a schema is in the whole one: timestamps are taken in fields of the top, and of the objects in a list there. */
type Level = 'top' | 'field of the top' | 'item of a list' | 'field of an item' | 'elsewhere';

const fieldsOf: Partial<Record<Level, Level>> = {
  top: 'field of the top',
  'item of a list': 'field of an item',
};

/**
 * Checks a schema for answers by the platform's rules.
 *
 * @param path where the schema is in the request.
 * @throws {PlatformError} 422 for a keyword that the platform does not take, 400 for other mistakes.
 */
export function checkJsonSchema(schema: unknown, path: string, level: Level = 'top'): void {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) {
    throw invalid(path, 'It has to be a JSON schema: an object.');
  }
  const node = schema as Schema;
  const type = node.type;
  if (type !== undefined && (typeof type !== 'string' || !types.has(type))) {
    throw invalid(`${path}.type`, `It has to be one of ${[...types].join(', ')}.`);
  }
  if (type === 'timestamp') checkTimestamp(node, path, level);
  for (const keyword of Object.keys(node)) {
    if (anywhere.has(keyword) || annotations.has(keyword)) continue;
    if (!keywords[String(type)]?.includes(keyword)) throw unsupported(keyword, path);
  }
  if (typeof node.minItems === 'number' && node.minItems > 1) throw unsupported('minItems over 1', path);
  if (type === 'string' && node.format !== undefined && !stringFormats.has(String(node.format))) {
    throw unsupported(`format ${String(node.format)}`, path);
  }
  checkInside(node, path, level);
}

function checkInside(node: Schema, path: string, level: Level): void {
  for (const [name, property] of entries(node.properties)) {
    const at = `${path}.properties.${name}`;
    if (name === 'start_time' || name === 'end_time') checkReserved(property, at);
    checkJsonSchema(property, at, fieldsOf[level] ?? 'elsewhere');
  }
  for (const [name, definition] of entries(node.$defs))
    checkJsonSchema(definition, `${path}.$defs.${name}`, 'elsewhere');
  for (const [index, option] of (Array.isArray(node.anyOf) ? node.anyOf : []).entries())
    checkJsonSchema(option, `${path}.anyOf.${index}`, 'elsewhere');
  if (node.items !== undefined) {
    const inside = level === 'field of the top' ? 'item of a list' : 'elsewhere';
    checkJsonSchema(node.items, `${path}.items`, inside);
  }
}

function checkTimestamp(node: Schema, path: string, level: Level): void {
  if (!timestampFormats.includes(String(node.format))) {
    throw new PlatformError(
      400,
      'parameter_invalid',
      `${path}.format: format is required for timestamp type; allowed values: ${timestampFormats.join(', ')}`,
    );
  }
  if (!level.startsWith('field')) throw invalid(path, 'The timestamp type is not supported here.');
}

/** `start_time` and `end_time`, which the platform fills in by the declared type. */
function checkReserved(property: unknown, path: string): void {
  const { type, format } = (property ?? {}) as Schema;
  if (type === 'string' ? format !== undefined : !['number', 'integer', 'timestamp'].includes(String(type))) {
    throw invalid(path, 'It has to be a number, an integer, a string without format, or a timestamp.');
  }
}

function unsupported(keyword: string, path: string): PlatformError {
  const message = /^m..Length$/.test(keyword)
    ? `String length constraints (${keyword}) are not supported.`
    : `JSON schema keyword (${keyword}) is not supported at ${path}.`;
  return new PlatformError(422, 'parameter_invalid', message);
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
