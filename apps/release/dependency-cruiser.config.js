// What may import what. Arrows point one way: apps → packages → core, and core knows nobody.
const core = '^packages/core/src/';
const coreNode = '^packages/core/src/node/';

/** Core's folders and top files. Each may import those of the lines above it, but not its neighbors in the same line. */
const LAYERS = [
  ['text', 'ports'],
  ['errors'],
  ['validation'],
  ['network', 'files', 'media', 'credentials'],
  ['http'],
  ['polling', 'pool'],
  ['assets', 'analysis', 'indexes', 'search', 'embeddings', 'entities'],
  ['requirements'],
  ['composed'],
  ['client'],
  ['node', 'index'],
];

const inCore = (names) => `${core}(${names.join('|')})(/|\\.ts$)`;

/** One rule for each entry of a layer: it imports neither its neighbors nor a layer above. */
const layers = LAYERS.flatMap((layer, height) =>
  layer.map((name) => ({
    name: `core-layer-${name}`,
    severity: 'error',
    from: { path: inCore([name]) },
    to: {
      path: inCore(
        LAYERS.slice(height)
          .flat()
          .filter((other) => other !== name),
      ),
    },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-cycle-of-folders',
      severity: 'error',
      scope: 'folder',
      from: { path: '^(packages|apps)/' },
      to: { circular: true },
    },
    {
      name: 'packages-know-no-app',
      severity: 'error',
      from: { path: '^packages/[^/]+/(src|nodes|credentials)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'core-knows-no-host',
      severity: 'error',
      from: { path: '^packages/core/' },
      to: { path: '^packages/(?!core/)' },
    },
    {
      name: 'hosts-do-not-know-each-other',
      severity: 'error',
      from: { path: '^packages/(n8n|node-red)-' },
      to: { path: '^packages/(?!core/)', pathNot: '^packages/$1-' },
    },
    {
      name: 'core-is-pure',
      comment: 'The main entry imports nothing of Node.js.',
      severity: 'error',
      from: { path: core, pathNot: coreNode },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-needs-pure-libraries-only',
      severity: 'error',
      from: { path: core, pathNot: coreNode },
      to: { path: 'node_modules', pathNot: 'node_modules/(zod|ipaddr\\.js)/' },
    },
    {
      name: 'core-does-not-look-at-its-node-entry',
      severity: 'error',
      from: { path: core, pathNot: coreNode },
      to: { path: coreNode },
    },
    ...layers,
    {
      name: 'core-layer-unknown',
      comment: 'A new folder of core gets a place among the layers.',
      severity: 'error',
      from: {},
      to: { path: core, pathNot: inCore(LAYERS.flat()) },
    },
    {
      name: 'others-use-core-by-its-entries',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '^packages/core/' },
      to: { path: core },
    },
    {
      name: 'nothing-unresolvable',
      severity: 'error',
      from: {},
      // What is there as types only.
      to: { couldNotResolve: true, pathNot: '^(mdast|node-red)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.turbo)/|\\.config\\.(ts|mjs|js)$' },
    // Type-only imports count as well: a cycle of types is a cycle of ideas.
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
