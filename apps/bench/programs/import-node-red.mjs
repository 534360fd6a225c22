import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const manifest = '@twelvelabs-nodes/node-red-twelvelabs/package.json';
const folder = dirname(require.resolve(manifest));
const { nodes } = require(manifest)['node-red'];
const { cpuUsage } = process;
const [began, used] = [performance.now(), cpuUsage()];
for (const file of Object.values(nodes)) require(join(folder, file));
const { user, system } = cpuUsage(used);
process.stdout.write(`${performance.now() - began} ${(user + system) / 1e6}`);
