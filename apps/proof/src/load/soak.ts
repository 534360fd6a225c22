import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { growthSince, type Probe, type Usage } from '../runners/probe.ts';
import type { Runner } from '../runners/runner.ts';
import { each } from './run.ts';

export interface SoakOptions {
  readonly rounds: number;
  readonly perRound: number;
  readonly key: string;
}

export interface Soak {
  /** What the runner held after each round; the first entry is before any. */
  readonly samples: readonly Usage[];
  /** What it holds in the end beyond what it held after the first round, in words; empty when nothing is. */
  readonly wrong: readonly string[];
}

/**
 * Bytes of live memory that all rounds after the first may add: caches of the host. Keeping one body of the sample in
 * ten would be more, from 800 uploads on.
 */
const BOUND = 12 * 1024 ** 2;

/** Many small uploads, eight at once; what the process holds is looked at after each round. */
export async function runSoak(
  runner: Runner & { readonly probe: Probe },
  { rounds, perRound, key }: SoakOptions,
): Promise<Soak> {
  await using emulator = await startEmulator({ apiKeys: [key], ffmpeg: false, journalSize: 10 });
  const account = { baseUrl: emulator.baseUrl, apiKey: key };
  const upload =
    (await runner.uploader?.(account)) ??
    (async (path: string) => {
      const { error } = await runner.create({ method: 'direct', file: { path } }, {}, account);
      if (error) throw new Error(error.message);
    });
  const samples = [await runner.probe.usage()];
  for (let round = 0; round < rounds; round++) {
    await each(perRound, 8, () => upload(sampleVideo));
    samples.push(await runner.probe.usage());
  }
  const [, warm] = samples;
  return { samples, wrong: warm ? await growthSince(runner.probe, warm, BOUND) : [] };
}
