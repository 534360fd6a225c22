import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { messageSettings } from '../settings/common.ts';
import { initialOf, type Setting, type Settings } from '../settings/setting.ts';
import type { Core } from './core.ts';
import type { Origin, Origins } from './errors.ts';
import type { NodeConfig } from './node-config.ts';
import { ownIssue, readValue, toCore } from './values.ts';

export interface ResolvedSettings {
  readonly values: Readonly<Record<string, unknown>>;
  readonly origins: Origins;
  /** Values that could not be read, that are missing where the node takes them from, or that the node itself refuses. */
  readonly issues: readonly ValidationIssue[];
  /** Core's fields for settings of which nobody can say whether they apply: the choice that decides it is wrong. */
  readonly undecided: readonly string[];
}

/** The message property whose properties override a node's settings. */
export const OVERRIDES = 'twelvelabs';

/** Unknown overrides that are reported: as many as an error has. */
const MOST_ISSUES = 100;

/** Types of a typed input that take the value from somewhere else. */
const REFERENCES: readonly unknown[] = ['msg', 'flow', 'global', 'env', 'jsonata'];

export interface SettingsSource {
  readonly core: Core;
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly config: NodeConfig;
  readonly msg: NodeMessageInFlow;
}

/**
 * The settings of one message: the node's typed inputs, each overridden by the property of the same name
 * in `msg.twelvelabs`.
 */
export async function resolveSettings(source: SettingsSource, settings: Settings): Promise<ResolvedSettings> {
  const { core, config, msg } = source;
  const values: Record<string, unknown> = {};
  const origins = new Map<string, Origin>();
  const { overrides, issues } = readOverrides(core, msg, settings);
  const deciding = new Set(Object.values(settings).map(({ when }) => when?.setting));
  const wrong = new Set<string | undefined>();
  const undecided: string[] = [];
  for (const [name, setting] of Object.entries(settings)) {
    const field = setting.field ?? name;
    if (wrong.has(setting.when?.setting)) {
      undecided.push(field);
      continue;
    }
    const type = config[`${name}Type`];
    const overridden = !setting.authorOnly && Object.hasOwn(overrides, name);
    const isUsed = applies(setting, settings, values);
    if (!overridden && !isUsed) continue;
    origins.set(field, overridden ? inMessage(name, setting) : placeOf(name, setting, config));
    if (!isUsed) {
      const message = `applies only when ${conditionOf(setting, settings)}`;
      issues.push({ field, rule: 'unknown', message, received: core.shapeOf(overrides[name]) });
      continue;
    }
    try {
      const raw = overridden ? overrides[name] : await evaluate(source, name);
      // Blank is a field of the editor that nobody filled in; a message that says "" means it, and is told why not.
      const value = overridden && raw === '' ? raw : readValue(setting, raw);
      // Somebody asked for this value: without one, the node would silently do something else.
      if (value === undefined && (overridden || REFERENCES.includes(type) || !isBlank(raw))) {
        const message = missing(overridden ? undefined : type);
        wrong.add(name);
        issues.push({ field, rule: 'required', message, received: core.shapeOf(raw) });
        continue;
      }
      const decides = deciding.has(name);
      const issue = ownIssue(core, name, setting, value, decides);
      if (issue) {
        issues.push(issue);
        wrong.add(name);
      }
      // A wrong choice is no choice: without its value, another one would be judged instead.
      if (!issue || decides) values[name] = toCore(setting, value);
    } catch (error) {
      wrong.add(name);
      const message = `cannot be evaluated: ${thrownText(error)}`;
      issues.push({ field, rule: 'expression', message, received: `a ${String(type)} expression` });
    }
  }
  return { values, origins, issues, undecided };
}

/** Whether a field of the editor shows nothing. */
function isBlank(raw: unknown): boolean {
  return raw === undefined || String(raw).trim() === '';
}

/** Whether a setting says something beside the choices that were read before it. */
function applies({ when }: Setting, settings: Settings, values: Readonly<Record<string, unknown>>): boolean {
  const choice = when && settings[when.setting];
  if (!choice) return true;
  return when.is.includes(String(values[when.setting] ?? initialOf(choice)[0]));
}

/** `"Action" is create, add or remove`, in the words that a message uses. */
function conditionOf({ when }: Setting, settings: Settings): string {
  if (!when) return '';
  const choices = when.is.join(', ').replace(/, ([^,]*)$/, ' or $1');
  return `"${settings[when.setting]?.label}" is ${choices}`;
}

/** JSONata throws objects that are no errors. */
function thrownText(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

function missing(type: unknown): string {
  return type === 'jsonata' ? 'must have a value, but its expression returns none' : 'must have a value';
}

function readOverrides({ shapeOf }: Core, msg: NodeMessageInFlow, settings: Settings) {
  const issues: ValidationIssue[] = [];
  const field = `msg.${OVERRIDES}`;
  const given = msg[OVERRIDES];
  if (given === undefined) return { overrides: {}, issues };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    const message = 'must be an object whose properties override settings';
    issues.push({ field, rule: 'type', message, received: shapeOf(given) });
    return { overrides: {}, issues };
  }
  const overrides = given as Record<string, unknown>;
  const names = overridable(settings).join(', ');
  for (const name of Object.keys(overrides)) {
    if (issues.length >= MOST_ISSUES) break;
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (setting && !setting.authorOnly) continue;
    const message = setting
      ? 'can be set in the node only, not by a message'
      : `is not a setting of this node, which has ${names}`;
    issues.push({ field: `${field}.${name}`, rule: 'unknown', message, received: shapeOf(overrides[name]) });
  }
  return { overrides, issues };
}

function overridable(settings: Settings): string[] {
  return Object.entries(settings).flatMap(([name, { authorOnly }]) => (authorOnly ? [] : [name]));
}

/** Whether a message has to wait for those before it: asked for before anything else of it is looked at. */
export function keepsOrder(config: NodeConfig, msg: NodeMessageInFlow): boolean {
  const overrides = msg[OVERRIDES] as { keepOrder?: unknown } | null | undefined;
  return readValue(messageSettings.keepOrder, overrides?.keepOrder ?? config.keepOrder) === true;
}

function inMessage(name: string, setting: Setting): Origin {
  const property = `msg.${OVERRIDES}.${name}`;
  return { property, label: property, isFixed: false, ...insideOf(setting) };
}

/** How a person would name the place: `msg.payload`, `flow.limit`, or the setting's label. */
function placeOf(name: string, setting: Setting, config: NodeConfig): Origin {
  const type = config[`${name}Type`];
  const isFixed = !REFERENCES.includes(type);
  if (type === 'jsonata' || isFixed)
    return { property: name, label: setting.label, isFixed, ...insideOf(setting) };
  const property = `${String(type)}.${oneLine(String(config[name]))}`;
  return { property, label: property, isFixed, ...insideOf(setting) };
}

/** A source becomes something else, whose fields the value does not have. */
const insideOf = ({ kind }: Setting) => ({ hasFields: kind !== 'source' });

/** A name that goes into messages: a broken flow file may hold one of any length and of any characters. */
const oneLine = (name: string) => name.slice(0, 200).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');

function evaluate({ RED, node, config, msg }: SettingsSource, name: string): Promise<unknown> {
  const value = config[name];
  const type = config[`${name}Type`];
  // Our own lists of choices, and settings that are not typed.
  if (type === undefined || type === 'fixed') return Promise.resolve(value);
  if (type === 'str' ? value === '' || value === undefined : isBlank(value))
    return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    RED.util.evaluateNodeProperty(String(value), String(type), node, msg, (error, result) => {
      // Node-RED reads `msg.a.b` of a message without `a` as any code would.
      if (error && !(type === 'msg' && error instanceof TypeError)) reject(error);
      else resolve(error ? undefined : result);
    });
  });
}
