const before = performance.now();
await import('@twelvelabs-nodes/core/node');
process.stdout.write(String(performance.now() - before));
