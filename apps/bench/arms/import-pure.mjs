const before = performance.now();
await import('@twelvelabs-nodes/core');
process.stdout.write(String(performance.now() - before));
