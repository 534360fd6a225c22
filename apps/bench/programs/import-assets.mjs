const { cpuUsage } = process;
const [began, used] = [performance.now(), cpuUsage()];
await import('@twelvelabs-nodes/core/node/assets');
const { user, system } = cpuUsage(used);
process.stdout.write(`${performance.now() - began} ${(user + system) / 1e6}`);
