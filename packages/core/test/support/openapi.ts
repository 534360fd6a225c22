import { readFileSync } from 'node:fs';

type Json = Readonly<Record<string, unknown>>;

/** What the published description says of one operation. */
export interface Described {
  /** `GET /assets/{}`: names in braces differ between the sources. */
  readonly route: string;
  /** All parameters: of the path, the query and the body. */
  readonly parameters: ReadonlySet<string>;
}

const files = ['assets', 'downstream'].map(
  (name) => new URL(`../../../../apps/emulator/test/fixtures/${name}.openapi.json`, import.meta.url),
);

export const routeOf = (method: string, path: string) =>
  `${method.toUpperCase()} /${path.replace(/^\//, '').replace(/\{[^}]*\}/g, '{}')}`;

/** Every operation of the published descriptions, by route. */
export const published: ReadonlyMap<string, Described> = new Map(
  files.flatMap((file) => {
    const document = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Json> } & Json;
    return Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => /^(get|post|put|patch|delete)$/.test(method))
        .map(([method, operation]) => {
          const route = routeOf(method, path);
          return [route, { route, parameters: parametersOf(document, operation as Json, item) }] as const;
        }),
    );
  }),
);

function parametersOf(document: Json, operation: Json, item: Json): Set<string> {
  const listed = [operation.parameters, item.parameters].flat().filter(Boolean) as Json[];
  const names = listed.map((one) => String((resolved(document, one) as Json).name).replaceAll('-', '_'));
  const body = resolved(document, operation.requestBody) as { content?: Record<string, Json> } | undefined;
  const schemas = Object.values(body?.content ?? {}).map(({ schema }) => schema);
  return new Set([...names, ...schemas.flatMap((schema) => propertiesOf(document, schema))]);
}

function propertiesOf(document: Json, given: unknown): string[] {
  const schema = (resolved(document, given) ?? {}) as Json;
  const parts = ['allOf', 'anyOf', 'oneOf'].flatMap((key) => (schema[key] as unknown[] | undefined) ?? []);
  return [
    ...Object.keys((schema.properties as Json | undefined) ?? {}),
    ...parts.flatMap((part) => propertiesOf(document, part)),
  ];
}

function resolved(document: Json, value: unknown): unknown {
  const reference = (value as { $ref?: string } | undefined)?.$ref;
  if (reference === undefined) return value;
  const found = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => (node as Json)[key], document);
  return resolved(document, found);
}
