const before = performance.now();
await import('twelvelabs-js');
process.stdout.write(String(performance.now() - before));
