import { parseArgs } from 'node:util';
import { afterKill, type Interrupted, throughOutage, WORKERS } from '../src/drive/interruptions.ts';

// `node bench/interruptions.ts [--mib 1024] [--seconds 60]`: a large upload through an outage, and after `kill -9`.

const { values } = parseArgs({
  options: { mib: { type: 'string', default: '1024' }, seconds: { type: 'string', default: '60' } },
});
const MiB = 1024 ** 2;
const size = Number(values.mib) * MiB;

for (const version of [5, 4] as const) {
  const upload = { size, chunkSize: 5 * MiB, sentBefore: Math.floor(size / (5 * MiB) / 3), version };
  report(
    `Node-RED ${version}, ${values.mib} MiB, ${values.seconds} s without the platform`,
    await throughOutage(Number(values.seconds) * 1000, upload),
  );
  report(`Node-RED ${version}, ${values.mib} MiB, kill -9`, await afterKill(upload));
}

function report(name: string, { chunks, before, after, asset, assets, statuses }: Interrupted): void {
  const missing = chunks - before;
  const isWell = asset.size === size && assets === 1 && after <= missing + WORKERS;
  process.stdout.write(
    `${name}: ${isWell ? 'well' : 'WRONG'}; ${before} of ${chunks} chunks were there, ${missing} were missing, ${after} were sent after it; ${assets} asset of ${asset.size} bytes\n`,
  );
  const retry = statuses.find((text) => text.includes('retrying since'));
  if (retry) process.stdout.write(`  status: ${retry}\n`);
}
