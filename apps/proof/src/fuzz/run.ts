import { inspect } from 'node:util';
import fc from 'fast-check';
import { clientAnswers } from './client-answers.ts';
import { clientCalls } from './client-calls.ts';
import { accounts, createInputs, resumeTokens } from './client-inputs.ts';
import { downstream } from './emulator/downstream.ts';
import { forms } from './emulator/forms.ts';
import { rawHeaders } from './emulator/heads.ts';
import { jsonEndpoints } from './emulator/json.ts';
import { presignedTargets } from './emulator/storage.ts';
import { n8nParameters } from './n8n-parameters.ts';
import { nodeRedConfigs } from './node-red-configs.ts';
import type { Target } from './target.ts';

export const TARGETS: readonly Target[] = [
  clientAnswers,
  clientCalls,
  createInputs,
  resumeTokens,
  accounts,
  forms,
  jsonEndpoints,
  presignedTargets,
  rawHeaders,
  downstream,
  n8nParameters,
  nodeRedConfigs,
];

export interface FuzzResult {
  readonly target: string;
  readonly cases: number;
  readonly seed: number;
  /** Milliseconds. */
  readonly took: number;
  /** The smallest input that breaks a promise, and how; `undefined` when none did. */
  readonly failure: string | undefined;
}

export function share(target: Target, cases: number): number {
  const all = TARGETS.reduce((sum, { weight }) => sum + weight, 0);
  return Math.max(1, Math.ceil((cases * target.weight) / all));
}

/** Runs `cases` cases against one target; the same seed gives the same cases. */
export async function fuzz(target: Target, cases: number, seed: number): Promise<FuzzResult> {
  const started = performance.now();
  await target.open?.();
  let failure: string | undefined;
  try {
    const details = await fc.check(fc.asyncProperty(target.input, target.check), {
      numRuns: cases,
      seed,
      // Values that were seen before cost as much to skip as to run.
      skipEqualValues: false,
    });
    if (details.failed) failure = `${fc.defaultReportMessage(details)}\n${inspect(details.errorInstance)}`;
  } finally {
    await target.close?.();
  }
  return { target: target.name, cases, seed, took: Math.round(performance.now() - started), failure };
}
