import { join } from 'node:path';
import {
  Application,
  type CommentTag,
  type Context,
  Converter,
  DeclarationReflection,
  PageEvent,
  type ProjectReflection,
  type Reflection,
  ReflectionKind,
  type TypeDocOptions,
} from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';
import { root } from './workspace.ts';

/**
 * Writes core's API reference, from its docstrings, as Markdown that GitHub shows as it is.
 * @param target folder, absolute; what is in it goes
 * @throws {Error} when TypeDoc warns: of a broken link between docstrings, or of a public type that is not exported
 */
export async function writeApiReference(target: string): Promise<void> {
  const core = join(root, 'packages/core');
  const options: TypeDocOptions & PluginOptions = {
    entryPoints: [join(core, 'src/index.ts'), join(core, 'src/node/index.ts')],
    tsconfig: join(core, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    name: '@twelvelabs-nodes/core',
    basePath: core,
    readme: 'none',
    out: target,
    // Line numbers would change with every edit, and the reference with them.
    disableSources: true,
    preservedTypeAnnotationTags: ['@throws'],
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    router: 'module',
    excludeScopesInPaths: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    intentionallyNotExported: INTERNAL,
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
  };
  const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    nameModules(project);
    for (const reflection of Object.values(project.reflections)) {
      nameThrown(reflection, project);
      shortenType(reflection);
    }
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }: Context) => removeInherited(project));
  app.renderer.on(PageEvent.END, (page) => {
    for (const [known, shorter] of REPEATED) page.contents = page.contents?.replaceAll(known, shorter) ?? '';
  });
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not read the sources of core');
  app.validate(project);
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('TypeDoc warned, see above');
}

/** Types of what core hands over to itself: a caller never names them. */
const INTERNAL = [
  'ApiConnection',
  'CallContext',
  'Connection',
  'ErrorOptions',
  'Item',
  'KeyedLock',
  'NetworkErrorOptions',
  'OwnConnections',
  'UncertainOutcome',
  'UnexpectedResponseOptions',
];

/** What pages say more than once, and what is left of it. */
const REPEATED: readonly (readonly [known: RegExp, shorter: string])[] = [
  // Each heading separates as well.
  [/\n\*\*\*\n/g, ''],
  // The signature has the type already.
  [/#+ Returns\n\n[^\n]+\n\n(?=#|$)/g, ''],
  [/#+ Returns\n\n[^\n]+\n\n(?=\w)/g, '**Returns** '],
  [/#+ (?:Overrides|Extended by)\n\n(?:[^#\n][^\n]*\n)+\n?/g, ''],
  // A table under its columns needs none.
  [/#+ (?:Properties|Type Parameters)\n\n(?=\|)/g, ''],
  [/#### Constructors\n\n##### Constructor\n/g, '#### Constructor\n'],
  [/#+ (Throws|Returns|Extends)\n\n(?:- )?/g, '**$1** '],
];

/**
 * The type of a schema or an endpoint has all fields of what it describes, which the interfaces beside it document.
 * Only its name is shown.
 */
function shortenType(reflection: Reflection): void {
  if (!(reflection instanceof DeclarationReflection) || reflection.type?.type !== 'reference') return;
  if (/^(Endpoint|Zod\w+)$/.test(reflection.type.name)) delete reflection.type.typeArguments;
}

/** What a class or an interface has from another one is documented there, which it links to. */
function removeInherited(project: ProjectReflection): void {
  const inherited = Object.values(project.reflections).filter(
    (reflection) => reflection instanceof DeclarationReflection && reflection.inheritedFrom?.reflection,
  );
  for (const reflection of inherited) project.removeReflection(reflection);
}

/** What people import, instead of where it is kept. */
function nameModules(project: ProjectReflection): void {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    module.name = module.name.replace(/^src/, 'core');
  }
}

/** TypeDoc drops the braces of `@throws {Type} when …`, and with them the most important word. */
function nameThrown(reflection: Reflection, project: ProjectReflection): void {
  for (const tag of reflection.comment?.blockTags ?? []) {
    const type = tag.tag === '@throws' ? tag.typeAnnotation?.replace(/^\{|\}$/g, '') : undefined;
    if (type) tag.content.unshift(...linked(type, project));
  }
}

/** A link to a class of either entry: what TypeDoc resolves by itself has to be in the entry of the comment. */
function linked(type: string, project: ProjectReflection): CommentTag['content'] {
  const target = project.getReflectionsByKind(ReflectionKind.Class).find(({ name }) => name === type);
  return [
    { kind: 'inline-tag', tag: '@link', text: type, ...(target ? { target } : {}) },
    { kind: 'text', text: ' ' },
  ];
}
