// Answers for the scorecard's questions to the public catalogue and registry, which tests do not ask. The catalogue
// is empty, so "no similar package" (P08) and "unique node types" (N01) are not proven here. What the registry says
// about Node-RED is taken from the two releases that are installed.
const { createRequire } = require('node:module');

const versions = [require('node-red/package.json'), require('node-red-4/package.json')];
const [latest, maintenance] = versions.map(({ version }) => version);
/** By the path of the question. */
const answers = {
  '/catalogue.json': { modules: [] },
  '/node-red': {
    'dist-tags': { latest, 'v4-maintenance': maintenance },
    versions: Object.fromEntries(versions.map(({ version, engines }) => [version, { engines }])),
  },
};

const axios = createRequire(require.resolve('node-red-dev/package.json'))('axios');
axios.get = async (url) => {
  const { pathname } = new URL(url);
  if (!(pathname in answers)) throw new Error(`The scorecard asked for ${url}`);
  return { data: answers[pathname] };
};
