import { createRequire } from 'node:module';

const require = createRequire(createRequire(import.meta.url).resolve('n8n-nodes-twelvelabs/package.json'));
// n8n has loaded this before it loads a node.
require('n8n-workflow');
const { nodes, credentials } = require('./package.json').n8n;
const { cpuUsage } = process;
const [began, used] = [performance.now(), cpuUsage()];
for (const file of [...nodes, ...credentials]) require(`./${file}`);
const { user, system } = cpuUsage(used);
process.stdout.write(`${performance.now() - began} ${(user + system) / 1e6}`);
