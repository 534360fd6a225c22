import { join } from 'node:path';
import {
  Application,
  type CommentTag,
  type Context,
  Converter,
  DeclarationReflection,
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
    useCodeBlocks: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    classPropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
    treatWarningsAsErrors: true,
    logLevel: 'Warn',
  };
  const app = await Application.bootstrapWithPlugins(options as TypeDocOptions);
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    nameModules(project);
    for (const reflection of Object.values(project.reflections)) {
      nameThrown(reflection);
      shortenEndpoint(reflection);
    }
  });
  const project = await app.convert();
  if (!project) throw new Error('TypeDoc could not read the sources of core');
  await app.generateOutputs(project);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) throw new Error('TypeDoc warned, see above');
}

/** An endpoint's type has all fields of its parameters and answer, which the methods and their types document. */
function shortenEndpoint(reflection: Reflection): void {
  if (!(reflection instanceof DeclarationReflection) || reflection.type?.type !== 'reference') return;
  if (reflection.type.name === 'Endpoint') delete reflection.type.typeArguments;
}

/** What people import, instead of where it is kept. */
function nameModules(project: ProjectReflection): void {
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    module.name = module.name.replace(/^src/, 'core');
  }
}

/** TypeDoc drops the braces of `@throws {Type} when …`, and with them the most important word. */
function nameThrown(reflection: Reflection): void {
  for (const tag of reflection.comment?.blockTags ?? []) {
    const type = tag.tag === '@throws' ? tag.typeAnnotation?.replace(/^\{|\}$/g, '') : undefined;
    if (type) tag.content.unshift(...linked(type));
  }
}

function linked(type: string): CommentTag['content'] {
  return [
    { kind: 'inline-tag', tag: '@link', text: type },
    { kind: 'text', text: ' ' },
  ];
}
