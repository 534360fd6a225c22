import { startEmulator } from '@twelvelabs-nodes/emulator';
import { sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import type { Party } from '../parties/party.ts';
import { type Held, notBack, type Probe } from '../parties/probe.ts';
import { each } from './run.ts';

export interface SoakOptions {
  readonly rounds: number;
  readonly perRound: number;
  readonly key: string;
}

export interface Soak {
  /** What the party held after each round; the first entry is before any. */
  readonly samples: readonly Held[];
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
  party: Party & { readonly probe: Probe },
  { rounds, perRound, key }: SoakOptions,
): Promise<Soak> {
  await using emulator = await startEmulator({ apiKeys: [key], ffmpeg: false, journalSize: 10 });
  const account = { baseUrl: emulator.baseUrl, apiKey: key };
  const upload =
    (await party.uploader?.(account)) ??
    (async (path: string) => {
      const { error } = await party.create({ method: 'direct', file: { path } }, {}, account);
      if (error) throw new Error(error.message);
    });
  const samples = [await party.probe.held()];
  for (let round = 0; round < rounds; round++) {
    await each(perRound, 8, () => upload(sampleVideo));
    samples.push(await party.probe.held());
  }
  const [, warm] = samples;
  return { samples, wrong: warm ? await notBack(party.probe, warm, BOUND) : [] };
}
