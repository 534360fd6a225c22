import type { NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import type { Outcome } from './operation.ts';
import { OVERRIDES } from './settings.ts';

export type Send = (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;

/**
 * The message goes on as it came, with the result in its output property and without the overrides, which were meant
 * for this node. A message that failed keeps them, so that a flow can send it here again.
 */
export function deliver(
  { util }: NodeAPI,
  msg: NodeMessageInFlow,
  { value, extra, sequence }: Outcome,
  output: string,
  send: Send,
): void {
  delete msg[OVERRIDES];
  const fill = (target: NodeMessage, result: unknown) => {
    Object.assign(target, extra);
    util.setMessageProperty(target, output, result, true);
    return target;
  };
  if (!sequence) {
    send(fill(msg, value));
    return;
  }
  // A sequence inside a sequence: "join" puts the outer one back, as it does with those of "split".
  const outer = msg.parts ? { parts: msg.parts } : {};
  const property = output.replace(/^msg\./, '');
  const place = property === 'payload' ? {} : { property };
  const id = util.generateId();
  sequence.forEach((each, index, { length }) => {
    const copy = copyOf(util, msg);
    const parts = { ...outer, id, type: 'array', index, count: length, len: 1, ...place };
    send(fill({ ...copy, parts }, each));
  });
}

/** A copy that shares the connection of the sender, which cannot be copied. */
export function copyOf(util: NodeAPI['util'], msg: NodeMessageInFlow): NodeMessage {
  const { req, res, [OVERRIDES]: _, ...rest } = msg;
  const copy = util.cloneMessage(rest as NodeMessageInFlow);
  return { ...copy, ...(req ? { req } : {}), ...(res ? { res } : {}) };
}
