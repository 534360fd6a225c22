import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { NodeConfig } from './node-config.ts';

/** A setting of a node: what it is called in core, and how the host's value becomes core's. */
export interface Setting {
  /** The parameter or option of core that an error would name. */
  readonly field: string;
  /** Maps what an editor or an environment variable can hold (text) to what core takes; judges nothing. */
  readonly convert: (value: unknown) => unknown;
  /** All it may be, where it is the node's own and core has no say. */
  readonly choices?: readonly string[];
}

export type Settings = Readonly<Record<string, Setting>>;

export interface ResolvedSettings {
  readonly values: Readonly<Record<string, unknown>>;
  /** Core's field to the property that held the value. */
  readonly origins: ReadonlyMap<string, string>;
  /** Values that could not be read at all, and overrides that do not exist. */
  readonly issues: readonly ValidationIssue[];
}

/** The message property whose properties override a node's settings. */
export const OVERRIDES = 'twelvelabs';

const setting =
  (convert: Setting['convert']) =>
  (field: string): Setting => ({ field, convert });
const isText = (value: unknown): value is string => typeof value === 'string';

/** As it comes. */
export const anything = setting((value) => value);
/** An empty text is a setting left blank. */
export const text = setting((value) => (value === '' ? undefined : value));
export const flag = setting((value) =>
  value === 'true' ? true : value === 'false' ? false : value === '' ? undefined : value,
);
export const number = setting(toNumber);
/** Seconds in Node-RED, milliseconds in core. */
export const seconds = setting((value) => {
  const amount = toNumber(value);
  return typeof amount === 'number' ? amount * 1000 : amount;
});
/** One of a few texts. */
export const choice = (field: string, choices: readonly string[]): Setting => ({ ...text(field), choices });
/** An array, or its items separated by commas. */
export const list = setting((value) => {
  if (!isText(value)) return value;
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);
  return items.length > 0 ? items : undefined;
});
/** An object, or its JSON. */
export const object = setting((value) => {
  if (!isText(value)) return value;
  if (value.trim() === '') return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
});

/** Settings of every node, about the message itself; core knows nothing of them. */
export const MESSAGE_SETTINGS: Settings = { output: text('output'), keepOrder: flag('keepOrder') };

function toNumber(value: unknown): unknown {
  if (!isText(value)) return value;
  if (value.trim() === '') return undefined;
  const amount = Number(value);
  return Number.isNaN(amount) ? value : amount;
}

/**
 * The settings of one message: the node's typed inputs, each overridden by the property of the same name
 * in `msg.twelvelabs`.
 */
export async function resolveSettings(
  RED: NodeAPI,
  node: Node,
  config: NodeConfig,
  msg: NodeMessageInFlow,
  settings: Settings,
): Promise<ResolvedSettings> {
  const values: Record<string, unknown> = {};
  const origins = new Map<string, string>();
  const { overrides, issues } = readOverrides(msg, settings);
  for (const [name, { field, convert, choices }] of Object.entries(settings)) {
    const overridden = Object.hasOwn(overrides, name);
    origins.set(field, overridden ? `msg.${OVERRIDES}.${name}` : describe(name, config));
    try {
      const raw = overridden ? overrides[name] : await evaluate(RED, node, config, name, msg);
      // Blank is a field of the editor that nobody filled in; a message that says "" means it, and is told why not.
      const value = overridden && raw === '' ? raw : convert(raw);
      if (!choices || value === undefined || choices.includes(value as string)) values[name] = value;
      else issues.push(noChoice(field, choices, value));
    } catch (error) {
      const message = `cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
      issues.push({ field, rule: 'expression', message, received: `a ${config[`${name}Type`]} expression` });
    }
  }
  return { values, origins, issues };
}

function noChoice(field: string, choices: readonly string[], value: unknown): ValidationIssue {
  const message = `must be one of ${choices.join(', ')}`;
  return { field, rule: 'value', message, received: typeof value };
}

function readOverrides(msg: NodeMessageInFlow, settings: Settings) {
  const issues: ValidationIssue[] = [];
  const given = msg[OVERRIDES];
  if (given === undefined) return { overrides: {}, issues };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const received = given === null ? 'null' : Array.isArray(given) ? 'an array' : typeof given;
    issues.push({
      field: `msg.${OVERRIDES}`,
      rule: 'type',
      message: 'must be an object whose properties override settings',
      received,
    });
    return { overrides: {}, issues };
  }
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(settings, name)) continue;
    const message = `is no setting of this node; it has ${Object.keys(settings).join(', ')}`;
    issues.push({
      field: `msg.${OVERRIDES}.${name}`,
      rule: 'unknown',
      message,
      received: typeof given[name as never],
    });
  }
  return { overrides: given as Record<string, unknown>, issues };
}

/** Whether a message has to wait for those before it: asked for before anything else of it is looked at. */
export function keepsOrder(config: NodeConfig, msg: NodeMessageInFlow): boolean {
  const overrides = msg[OVERRIDES] as { keepOrder?: unknown } | null | undefined;
  return flag('keepOrder').convert(overrides?.keepOrder ?? config.keepOrder) === true;
}

/** How a person would name the place: `msg.payload`, `flow.limit`, or the setting itself. */
function describe(name: string, config: NodeConfig): string {
  const type = config[`${name}Type`];
  const isReference = type === 'msg' || type === 'flow' || type === 'global' || type === 'env';
  return isReference ? `${type}.${oneLine(String(config[name]))}` : name;
}

/** A name that goes into messages: a broken flow file may hold one of any length and of any characters. */
const oneLine = (name: string) => name.slice(0, 200).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

function evaluate(
  RED: NodeAPI,
  node: Node,
  config: NodeConfig,
  name: string,
  msg: NodeMessageInFlow,
): Promise<unknown> {
  const value = config[name];
  const type = config[`${name}Type`];
  // Our own lists of choices, and settings saved before they could be typed.
  if (type === undefined || type === 'fixed') return Promise.resolve(value);
  if (value === '' || value === undefined) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    RED.util.evaluateNodeProperty(String(value), String(type), node, msg, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  });
}
