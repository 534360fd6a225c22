import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  [keyword: string]: unknown;
}

interface Document {
  paths: Record<string, Record<string, { responses: Record<string, { content?: Record<string, unknown> }> }>>;
  components: { schemas: Record<string, Schema> };
}

const documents = Object.fromEntries(
  ['assets', 'downstream'].map((name) => {
    const url = new URL(`fixtures/${name}.openapi.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(url, 'utf8')) as Document];
  }),
);

/** This emulator's own: why there is no stream or thumbnail, for which the platform's schema has no place. */
const reason = { $ref: '#/components/schemas/AssetError' };
for (const name of ['AssetHLS', 'AssetThumbnail']) {
  const properties = documents.assets?.components.schemas[name]?.properties;
  if (properties !== undefined) properties.error = reason;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
for (const format of ['int64', 'double']) ajv.addFormat(format, true);
for (const [name, document] of Object.entries(documents)) {
  // The published schemas leave objects open. Closed, they also catch a misspelt field.
  for (const schema of Object.values(document.components.schemas)) {
    if (schema.properties !== undefined && Object.keys(schema.properties).length > 0)
      schema.additionalProperties = false;
  }
  ajv.addSchema(document, name);
}

/** `POST /assets` and the like: all operations of the descriptions. */
export const operations: readonly string[] = [
  ...new Set(
    Object.values(documents).flatMap(({ paths }) =>
      Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
      ),
    ),
  ),
];

/** The operation that a request is, of several the one with the most fixed words. */
export function operationOf(method: string, path: string): string | undefined {
  const matches = operations.filter((operation) => {
    const [verb, template = ''] = operation.split(' ');
    return verb === method && new RegExp(`^${template.replaceAll(/\{[\w-]+\}/g, '[^/]+')}$`).test(path);
  });
  return matches.sort((one, two) => one.split('{').length - two.split('{').length)[0];
}

/** An error that holds for every endpoint, such as 401 and 429: it is not repeated in the descriptions. */
const anyError = {
  anyOf: [
    { $ref: 'assets#/components/schemas/Error' },
    { $ref: 'downstream#/components/schemas/ErrorResponse' },
  ],
};

/** What is wrong with an answer, by the schema of its operation and status; empty if nothing is. */
export function violations(operation: string, status: number, body: unknown): string[] {
  const [verb = '', path = ''] = operation.split(' ');
  const method = verb.toLowerCase();
  const [name, document] =
    Object.entries(documents).find(([, { paths }]) => paths[path]?.[method] !== undefined) ?? [];
  const documented = document?.paths[path]?.[method]?.responses[status];
  if (documented === undefined && status < 400) return [`status ${status} is not documented`];
  if (documented !== undefined && documented.content === undefined) {
    return body === undefined ? [] : ['a body where none is documented'];
  }
  const pointer = path
    .replaceAll('~', '~0')
    .replaceAll('/', '~1')
    .replaceAll('{', '%7B')
    .replaceAll('}', '%7D');
  const response = `${name}#/paths/${pointer}/${method}/responses/${status}`;
  const schema =
    documented === undefined ? anyError : { $ref: `${response}/content/application~1json/schema` };
  const validate = ajv.compile(schema);
  validate(body);
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}
