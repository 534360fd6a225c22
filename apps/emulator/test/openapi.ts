import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Schema {
  properties?: Record<string, Schema>;
  additionalProperties?: unknown;
  [keyword: string]: unknown;
}

interface Operation {
  parameters?: { name: string; in: string; schema?: unknown }[];
  requestBody?: { content: Record<string, unknown> };
  responses: Record<string, { content?: Record<string, unknown> }>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
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

/** The description that has an operation, and where in it that is. */
function locate(operation: string): { described: Operation; pointer: string } | undefined {
  const [verb = '', path = ''] = operation.split(' ');
  const method = verb.toLowerCase();
  for (const [name, { paths }] of Object.entries(documents)) {
    const described = paths[path]?.[method];
    const escaped = path
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
      .replaceAll('{', '%7B')
      .replaceAll('}', '%7D');
    if (described) return { described, pointer: `${name}#/paths/${escaped}/${method}` };
  }
  return undefined;
}

function problems(schema: object, value: unknown): string[] {
  const validate = ajv.compile(schema);
  validate(value);
  return (validate.errors ?? []).map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** A request, as the journal of an emulator has it. */
interface Sent {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly form: readonly { readonly name: string }[] | null;
  readonly json: unknown;
}

/** What is wrong with a request, by the schemas of its operation: its body, the names of its query and of its form. */
export function requestViolations({ method, path, query, form, json }: Sent): string[] {
  const operation = operationOf(method, path);
  const located = operation === undefined ? undefined : locate(operation);
  if (!located) return [`${method} ${path} is not described`];
  const { parameters = [], requestBody } = located.described;
  const known = new Set(parameters.map(({ name }) => name));
  // A range is sent as `duration[gte]`.
  const inQuery = Object.keys(query).filter((name) => !known.has(name.replace(/\[.*$/, '')));
  const [type] = Object.keys(requestBody?.content ?? {});
  const schema = { $ref: `${located.pointer}/requestBody/content/${type?.replace('/', '~1')}/schema` };
  if (type === undefined) return [...inQuery, ...(json || form ? ['a body where none is described'] : [])];
  if (type === 'application/json') return [...inQuery, ...problems(schema, json ?? undefined)];
  const fields = Object.fromEntries((form ?? []).map(({ name }) => [name, name]));
  return [...inQuery, ...problems(schema, fields).filter((problem) => /required|additional/.test(problem))];
}

/** What is wrong with an answer, by the schema of its operation and status; empty if nothing is. */
export function violations(operation: string, status: number, body: unknown): string[] {
  const located = locate(operation);
  const documented = located?.described.responses[status];
  if (documented === undefined && status < 400) return [`status ${status} is not documented`];
  if (documented !== undefined && documented.content === undefined) {
    return body === undefined ? [] : ['a body where none is documented'];
  }
  const response = `${located?.pointer}/responses/${status}/content/application~1json/schema`;
  return problems(documented === undefined ? anyError : { $ref: response }, body);
}
