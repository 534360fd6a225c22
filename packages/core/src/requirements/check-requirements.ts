import { z } from 'zod/v4';
import type { Asset } from '../assets/schema.ts';
import { ValidationError } from '../errors/validation-error.ts';
import { check, parse } from '../validation/parse.ts';
import { type AssetFacts, assetFacts } from './asset-facts.ts';
import { checkEndpoint, type RequirementCheck } from './check-requirement.ts';
import { ENDPOINT_REQUIREMENTS, REQUIREMENT_PAGES, USE_CASES, type UseCase } from './requirements.ts';

export type { RequirementCheck } from './check-requirement.ts';
export { USE_CASES, type UseCase } from './requirements.ts';

export type Fits = boolean | 'unknown';

/** What the synchronous and the asynchronous endpoint of a workflow would each say. */
export interface EndpointFit {
  readonly endpoint: string;
  readonly mode: 'synchronous' | 'asynchronous';
  readonly fits: Fits;
}

export interface RequirementsReport {
  readonly workflow: UseCase;
  /** `true`: at least one endpoint's requirements are all met; `false`: each endpoint's are missed somewhere. */
  readonly fits: Fits;
  readonly endpoints: readonly EndpointFit[];
  readonly checks: readonly RequirementCheck[];
  /** One sentence for people. */
  readonly summary: string;
}

const NAMES: Readonly<Record<UseCase, string>> = {
  search: 'search',
  analysis: 'video analysis',
  entity_search: 'entity search',
  embeddings: 'embeddings',
};

/**
 * Says whether an asset meets what the workflow it is meant for requires: what is met, what is missed, and what
 * can't be known. Pure; it warns, and the platform has the last word. For several workflows the most restrictive
 * requirement applies, so check each.
 * @param asset as the platform sent it, best when `ready`: an asset in processing leaves most of it unknown
 * @param workflow what the asset is meant for
 * @returns every requirement with its numbers, its source and its outcome
 * @throws {ValidationError} when the workflow is none of `USE_CASES`
 */
export function checkRequirements(asset: Asset, workflow: UseCase): RequirementsReport {
  parse(useCase, workflow, 'workflow');
  const facts = assetFacts(asset);
  const own = checkStatus(facts, workflow);
  const rows = ENDPOINT_REQUIREMENTS.filter((row) => row.workflow === workflow);
  const perEndpoint = rows.map((row) => ({ row, checks: checkEndpoint(row, facts) }));
  const endpoints = perEndpoint.map(({ row: { endpoint, mode }, checks }) => ({
    endpoint,
    mode,
    fits: verdict([...own, ...checks]),
  }));
  const unread = rows.length === 0 ? [notKnown(workflow, facts)] : [];
  const checks = [...own, ...unread, ...perEndpoint.flatMap((each) => each.checks)];
  const fits = rows.length === 0 ? verdict(checks) : best(endpoints);
  return { workflow, fits, endpoints, checks, summary: summarize(workflow, fits, endpoints, checks) };
}

/**
 * What may be wrong with an asset that could not be indexed. The platform gives no reason, and what search requires is
 * not known here; what is known are the requirements of embeddings, which are made by the same model.
 */
export function indexingAdvice(asset: Asset): string {
  const missed = checkRequirements(asset, 'embeddings').checks.filter(
    ({ mode, outcome }) => mode === 'asynchronous' && outcome === 'missed',
  );
  const { summary } = checkRequirements(asset, 'search');
  return missed.length === 0
    ? summary
    : `This asset misses what embeddings by the same model require: ${sentence(missed)}. ${summary}`;
}

/**
 * Reads a list of use cases that a person chose or an expression returned.
 * @param field the name for errors
 * @throws {ValidationError} for anything but a list of `USE_CASES`
 */
export function parseUseCases(value: unknown, field = 'intendedFor'): UseCase[] {
  const result = check(z.strictObject({ [field]: useCases }), { [field]: value }, field);
  if (result.issues) throw new ValidationError(result.issues);
  return result.data[field] ?? [];
}

const useCase = z.enum(USE_CASES, { error: `must be one of ${USE_CASES.join(', ')}` });
const useCases = z.array(useCase, { error: `must be an array of ${USE_CASES.join(', ')}` }).optional();

/** Only a ready asset can be used; the status is worth a line when it is something else. */
function checkStatus({ status }: AssetFacts, workflow: UseCase): RequirementCheck[] {
  if (status === 'ready') return [];
  const outcome = status === 'failed' ? 'missed' : 'unknown';
  const actual = status === undefined ? {} : { actual: status };
  return [
    { requirement: 'status', outcome, required: 'ready', ...actual, source: REQUIREMENT_PAGES[workflow] },
  ];
}

function notKnown(workflow: UseCase, { kind }: AssetFacts): RequirementCheck {
  return {
    requirement: 'requirements',
    outcome: 'unknown',
    required: `as the platform's page states: ${REQUIREMENT_PAGES[workflow]}`,
    ...(kind ? { actual: kind } : {}),
    source: REQUIREMENT_PAGES[workflow],
  };
}

function verdict(checks: readonly RequirementCheck[]): Fits {
  if (checks.some(({ outcome }) => outcome === 'missed')) return false;
  return checks.every(({ outcome }) => outcome === 'met') || 'unknown';
}

function best(endpoints: readonly EndpointFit[]): Fits {
  if (endpoints.some(({ fits }) => fits === true)) return true;
  return endpoints.some(({ fits }) => fits === 'unknown') ? 'unknown' : false;
}

function summarize(
  workflow: UseCase,
  fits: Fits,
  endpoints: readonly EndpointFit[],
  checks: readonly RequirementCheck[],
): string {
  const name = NAMES[workflow];
  if (endpoints.length === 0) {
    const failed = fits === false ? `Does not fit ${name}: the asset failed. ` : '';
    return `${failed}The requirements of ${name} are not known here; see ${REQUIREMENT_PAGES[workflow]}`;
  }
  const taking = endpoints.filter((endpoint) => endpoint.fits === fits);
  const missed = sentence(checks.filter(({ outcome }) => outcome === 'missed'));
  const unknown = sentence(checks.filter(({ outcome }) => outcome === 'unknown'));
  if (fits === false) return `Does not fit ${name}: ${missed}`;
  const rest = [missed, unknown && `not known: ${unknown}`].filter(Boolean).join('; ');
  const only =
    taking.length < endpoints.length
      ? `, ${taking.map(({ mode, endpoint }) => `${mode} only (${endpoint})`).join(', ')}`
      : '';
  return `${fits === true ? 'Fits' : 'May fit'} ${name}${only}${rest ? `: ${rest}` : ''}`;
}

/** The same shortcoming of several endpoints is said once. */
function sentence(checks: readonly RequirementCheck[]): string {
  const said = new Map<string, string[]>();
  for (const { requirement, actual, required, endpoint } of checks) {
    const words = `${requirement.replace('_', ' ')} is ${actual ?? 'unknown'} (required: ${required})`;
    said.set(words, [...(said.get(words) ?? []), ...(endpoint ? [endpoint] : [])]);
  }
  return [...said]
    .map(([words, where]) => (where.length > 0 ? `${words} (${where.join(', ')})` : words))
    .join('; ');
}
