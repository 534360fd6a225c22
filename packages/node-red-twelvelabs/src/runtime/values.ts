import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { Kind, Setting } from '../settings/setting.ts';
import type { Core } from './core.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** Maps what an editor, a context or the environment can hold (text) to what it stands for. Judges nothing. */
const READERS: Readonly<Record<Kind, (value: unknown, choices: readonly string[]) => unknown>> = {
  source: unlessEmptyText,
  text: unlessEmptyText,
  choice: toChoice,
  property: unlessEmptyText,
  flag: toFlag,
  check: toFlag,
  number: toNumber,
  seconds: toNumber,
  minutes: toNumber,
  list: toList,
  choices: (value, choices) => {
    const items = toList(value);
    return Array.isArray(items) ? items.map((item: unknown) => toChoice(item, choices)) : items;
  },
  /** An object, or its JSON. */
  json: (value) => {
    const text = trimmed(value);
    if (!isText(text)) return text;
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return value;
    }
  },
};

/** What the value of a setting stands for; `undefined` for a text without any. */
export function readValue({ kind, options = {} }: Setting, value: unknown): unknown {
  return READERS[kind](value, Object.keys(options));
}

/** Milliseconds, in which core counts, of the units of settings. */
const MILLISECONDS: Readonly<Partial<Record<Kind, number>>> = { seconds: 1000, minutes: 60_000 };

/** What a setting's value, as it was read, is to core. */
export function toCore({ kind }: Setting, value: unknown): unknown {
  const unit = MILLISECONDS[kind];
  return unit !== undefined && typeof value === 'number' ? value * unit : value;
}

/** A rule of a kind. */
interface Rule {
  readonly holds: (value: unknown, choices: readonly unknown[]) => boolean;
  readonly message: (choices: readonly string[]) => string;
}

const boolean: Rule = {
  holds: (value) => typeof value === 'boolean',
  message: () => 'must be true or false',
};

/** Seconds that timers take: 2^31 - 1 milliseconds. */
const LONGEST = 2_147_483;
const isFrom = (least: number, value: unknown) => Number.isFinite(value) && (value as number) >= least;

const RULES: Readonly<Partial<Record<Kind, Rule>>> = {
  flag: boolean,
  check: boolean,
  seconds: {
    holds: (value) => isFrom(0.001, value) && Number(value) <= LONGEST,
    message: () => 'must be a number of seconds, at least 0.001 and at most 2,147,483 (24.8 days)',
  },
  minutes: {
    holds: (value) => isFrom(0, value),
    message: () => 'must be 0 or more minutes',
  },
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

/**
 * What is wrong with a value of the node's own setting, with any time, since a person knows no milliseconds, and with a
 * choice that decides about other settings. Core judges all others.
 */
export function ownIssue(
  { shapeOf }: Core,
  name: string,
  { kind, field, options = {}, form }: Setting,
  value: unknown,
  decides = false,
): ValidationIssue | undefined {
  const isOwn = field === undefined || kind in MILLISECONDS || decides;
  if (value === undefined || !isOwn) return undefined;
  const choices = Object.keys(options);
  const rules = [
    RULES[kind],
    form && { holds: (given: unknown) => form.pattern.test(String(given)), message: () => form.message },
  ];
  const broken = rules.find((rule) => rule && !rule.holds(value, choices));
  if (!broken) return undefined;
  return { field: field ?? name, rule: 'value', message: broken.message(choices), received: shapeOf(value) };
}

function unlessEmptyText(value: unknown): unknown {
  return value === '' ? undefined : value;
}

/** A text without blanks at its ends, or nothing where nothing else is in it. */
function trimmed(value: unknown): unknown {
  return isText(value) ? value.trim() || undefined : value;
}

/** A choice in any case of letters. */
function toChoice(value: unknown, choices: readonly string[]): unknown {
  const text = trimmed(value);
  if (!isText(text)) return text;
  return choices.find((choice) => choice.toLowerCase() === text.toLowerCase()) ?? text;
}

function toFlag(value: unknown): unknown {
  const text = toChoice(value, ['true', 'false']);
  if (text === 'true') return true;
  return text === 'false' ? false : text;
}

function toNumber(value: unknown): unknown {
  const text = trimmed(value);
  if (!isText(text)) return text;
  const amount = Number(text);
  return Number.isNaN(amount) ? text : amount;
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
