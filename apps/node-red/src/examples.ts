import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Account } from './drive/node-flow.ts';
import type { FlowNode } from './harness/node-red.ts';

const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@twelvelabs-nodes/node-red-twelvelabs/package.json')),
  'examples',
);

/** From the simplest to those that a newcomer needs last; what is not named here comes after them. */
const ORDER = [
  'First asset',
  'Ask about a video',
  'Segments as a list',
  'Searchable library',
  'Upload page and gallery',
  'Watch a folder',
  'Quality check of a watched folder',
  'URL list with a queue',
  'Errors and retry',
  'Manage assets',
  'Asset events',
  'Find a person',
  'Compare a text and an image',
];

/** Names of the flows that the package offers under Import, Examples, the simplest first. */
export function exampleNames(): string[] {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => path.basename(file, '.json'))
    .sort((a, b) => place(a) - place(b));
}

/** Reads an example as it is published. */
export function readExample(name: string): FlowNode[] {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as FlowNode[];
}

interface FlowVariable {
  readonly name: string;
  readonly value: string;
  readonly type: string;
}

/** Does what a person does after importing: chooses the account's address, and fills in the flow's properties. */
export function fillIn(
  flows: readonly FlowNode[],
  { baseUrl }: Account,
  variables: Record<string, string> = {},
): FlowNode[] {
  return flows.map((node) => {
    if (node.type === 'twelvelabs-config') return { ...node, baseUrl };
    if (node.type !== 'tab') return node;
    const env = (node.env ?? []) as FlowVariable[];
    return {
      ...node,
      env: env.map((variable) => ({ ...variable, value: variables[variable.name] ?? variable.value })),
    };
  });
}

/** The account that all examples share. */
export const EXAMPLE_ACCOUNT = 'twelvelabs-account';

/** Several examples in one workspace: what they share is there once. */
export function together(examples: readonly (readonly FlowNode[])[]): FlowNode[] {
  return [...new Map(examples.flat().map((node) => [node.id, node])).values()];
}
