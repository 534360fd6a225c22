import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { Kind, Setting } from '../settings/setting.ts';
import type { Core } from './core.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Maps what an editor, a context or the environment can hold (text) to what core takes. Judges nothing. */
const READERS: Readonly<Record<Kind, (value: unknown) => unknown>> = {
  source: (value) => value,
  /** Empty text is a setting left blank. */
  text: blank,
  choice: blank,
  property: blank,
  flag: toFlag,
  check: toFlag,
  number: toNumber,
  seconds: (value) => toMilliseconds(value, 1000),
  minutes: (value) => toMilliseconds(value, 60_000),
  list: toList,
  choices: toList,
  /** An object, or its JSON. */
  json: (value) => {
    if (!isText(value)) return value;
    if (value.trim() === '') return undefined;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  },
};

/** What a setting of this kind means to core. */
export function readValue(kind: Kind, value: unknown): unknown {
  return READERS[kind](value);
}

/** A rule of a kind for the node's own settings; core has its own rules for all others. */
interface Rule {
  readonly holds: (value: unknown, choices: readonly unknown[]) => boolean;
  readonly message: (choices: readonly string[]) => string;
}

const boolean: Rule = {
  holds: (value) => typeof value === 'boolean',
  message: () => 'must be true or false',
};
const positive: Rule = {
  holds: (value) => typeof value === 'number' && value >= 0,
  message: () => 'must be a number from 0',
};

const RULES: Readonly<Partial<Record<Kind, Rule>>> = {
  flag: boolean,
  check: boolean,
  number: positive,
  seconds: positive,
  minutes: positive,
  text: { holds: isText, message: () => 'must be text' },
  json: {
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    message: () => 'must be an object',
  },
  choice: {
    holds: (value, choices) => choices.includes(value),
    message: (choices) => `must be one of ${choices.join(', ')}`,
  },
  choices: {
    holds: (value, choices) => Array.isArray(value) && value.every((each) => choices.includes(each)),
    message: (choices) => `must be a list of ${choices.join(', ')}`,
  },
};

/** What is wrong with a value of a setting of which core knows nothing. */
export function ownIssue(
  { shapeOf }: Core,
  field: string,
  { kind, options = {} }: Setting,
  value: unknown,
): ValidationIssue | undefined {
  const rule = RULES[kind];
  const choices = Object.keys(options);
  if (value === undefined || !rule || rule.holds(value, choices)) return undefined;
  return { field, rule: 'value', message: rule.message(choices), received: shapeOf(value) };
}

function blank(value: unknown): unknown {
  return value === '' ? undefined : value;
}

function toFlag(value: unknown): unknown {
  if (value === 'true') return true;
  return value === 'false' ? false : blank(value);
}

/** Core counts in milliseconds. */
function toMilliseconds(value: unknown, unit: number): unknown {
  const amount = toNumber(value);
  return typeof amount === 'number' ? amount * unit : amount;
}

function toNumber(value: unknown): unknown {
  if (!isText(value)) return value;
  if (value.trim() === '') return undefined;
  const amount = Number(value);
  return Number.isNaN(amount) ? value : amount;
}

/** An array, or its items separated by commas. */
function toList(value: unknown): unknown {
  if (!isText(value)) return value;
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 ? items : undefined;
}
