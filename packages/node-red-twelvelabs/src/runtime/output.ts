import type { ValidationIssue } from '@twelvelabs-nodes/core';
import type { NodeAPI, NodeMessageInFlow } from 'node-red';
import type { Core } from './core.ts';
import { OVERRIDES } from './settings.ts';

/** Setting a property of these would change objects that the message does not own. */
const INHERITED = ['__proto__', 'prototype', 'constructor'];
/** The sender's connection, which Node-RED hands on without a copy, and what the node itself takes away. */
const RESERVED = ['req', 'res', OVERRIDES];

/** Whether the result can be written where the settings say, asked before anything is sent. */
export function outputIssues(
  { shapeOf }: Core,
  util: NodeAPI['util'],
  msg: NodeMessageInFlow,
  output: unknown,
): readonly ValidationIssue[] {
  if (output === undefined || isPlace(util, msg, output)) return [];
  const message = `must be a property of the message that can be set, not below ${RESERVED.join(', ')}`;
  const received = typeof output === 'string' ? JSON.stringify(output.slice(0, 100)) : shapeOf(output);
  return [{ field: 'output', rule: 'place', message, received }];
}

function isPlace(util: NodeAPI['util'], msg: NodeMessageInFlow, output: unknown): boolean {
  if (typeof output !== 'string' || output === '') return false;
  try {
    const parts = util.normalisePropertyExpression(output.replace(/^msg\./, ''), msg).map(String);
    if (RESERVED.includes(String(parts[0])) || parts.some((part) => INHERITED.includes(part))) return false;
    let holder: unknown = msg;
    // Node-RED sets nothing, and says nothing, below what holds text or a number.
    for (const part of parts.slice(0, -1)) {
      holder = (holder as Record<string, unknown>)[part];
      if (holder === undefined) return true;
      if (typeof holder !== 'object' || holder === null) return false;
    }
    return true;
  } catch {
    return false;
  }
}
