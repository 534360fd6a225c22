import { readFileSync } from 'node:fs';

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

interface Operation {
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
  }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const descriptions = ['assets', 'downstream'].map((name) => {
  const url = new URL(`../../../../apps/emulator/test/fixtures/${name}.openapi.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Description;
});

/** Names of parameters: the description writes some with dashes, which are core's underscores. */
export interface Published {
  readonly names: ReadonlySet<string>;
  readonly required: readonly string[];
  /** How the body is sent, when there is one. */
  readonly type: string | undefined;
}

const underscored = (name: string) => name.replaceAll('-', '_');
const anyName = (path: string) => path.replaceAll(/\{[^}]+\}/g, '{}');

/** What the published description says of an endpoint; `undefined` when it has none. */
export function published(method: string, path: string): Published | undefined {
  for (const description of descriptions) {
    const [, methods] =
      Object.entries(description.paths).find(([template]) => anyName(template) === `/${anyName(path)}`) ?? [];
    const operation = methods?.[method.toLowerCase()];
    if (operation) return ofOperation(operation, description);
  }
  return undefined;
}

function ofOperation({ parameters = [], requestBody }: Operation, description: Description): Published {
  const own = parameters.filter(({ in: place }) => place !== 'header');
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const fields = body ? resolved(body.schema, description) : {};
  return {
    names: new Set(
      [...own.map(({ name }) => name), ...Object.keys(fields.properties ?? {})].map(underscored),
    ),
    required: [
      ...own.filter(({ required }) => required).map(({ name }) => name),
      ...(fields.required ?? []),
    ].map(underscored),
    type,
  };
}

function resolved(schema: Schema, description: Description): Schema {
  const name = schema.$ref?.split('/').at(-1);
  return name === undefined ? schema : (description.components.schemas[name] ?? {});
}
