import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import { settingsOf } from '../settings/setting.ts';
import type { ConfigNode } from './config-node.ts';
import { type Core, loadCore } from './core.ts';
import { type Origin, toNodeError } from './errors.ts';
import type { Job, Jobs } from './jobs.ts';
import type { Limiter } from './limiter.ts';
import type { NodeConfig } from './node-config.ts';
import { defined, type Operation, type OperationContext, type Outcome } from './operation.ts';
import { outputIssues } from './output.ts';
import { accountOf, furtherIssues } from './problems.ts';
import type { Sequencer } from './sequencer.ts';
import { keepsOrder, OVERRIDES, resolveSettings } from './settings.ts';
import type { Phase, StatusBoard, Translate } from './status-board.ts';

/** One node of a flow, and what its messages share. */
export interface OperationNode {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly operation: Operation;
  readonly config: NodeConfig;
  /** Missing when none was chosen, or when it is disabled. */
  readonly configNode: ConfigNode | null;
  readonly limiter: Limiter;
  readonly translate: Translate;
  readonly board: StatusBoard;
  readonly jobs: Jobs;
  readonly sequencer: Sequencer;
}

interface Placed {
  /** The property of the message that the result goes to. */
  readonly output: string;
}

type Send = (msg: NodeMessage | (NodeMessage | NodeMessage[] | null)[]) => void;
type Done = (error?: Error) => void;

/** Every message of every operation passes here: status, order, errors and `done`, exactly once. */
export function handleInput(self: OperationNode, msg: NodeMessageInFlow, send: Send, done: Done): void {
  if (msg.abort === true || typeof msg.abort === 'string') {
    self.jobs.abort(msg.abort === true ? undefined : msg.abort);
    done();
    return;
  }
  const place = keepsOrder(self.config, msg) ? self.sequencer.enter() : undefined;
  void self.jobs.run(msg, async (job) => {
    const origins = new Map<string, Origin>();
    try {
      const outcome = await perform(self, job, msg, origins);
      await place?.turn;
      deliver(self, msg, outcome, send);
      self.board.end(job, outcome.status(self.translate));
      done();
    } catch (thrown) {
      const error = await toNodeError(thrown, origins);
      await place?.turn;
      self.board.end(job, failure(self, error));
      done(error);
    } finally {
      place?.leave();
    }
  });
}

async function perform(
  self: OperationNode,
  job: Job,
  msg: NodeMessageInFlow,
  origins: Map<string, Origin>,
): Promise<Outcome & Placed> {
  const { RED, node, operation, config, configNode, limiter, board } = self;
  const core = await loadCore();
  const settings = await resolveSettings({ core, RED, node, config, msg }, settingsOf(operation.settings));
  for (const [field, origin] of settings.origins) origins.set(field, origin);

  const status = (phase: Phase) => board.update(job, phase);
  let release = () => {};
  const context: Omit<OperationContext, 'client'> = {
    RED,
    core,
    msg,
    values: settings.values,
    origins,
    options: {
      signal: job.signal,
      ...defined({ timeout: settings.values.timeout, idleTimeout: settings.values.idleTimeout }),
      onRetry: ({ delay, error }) =>
        status({ name: error.code === 'rate_limit' ? 'throttled' : 'retrying', delay }),
    },
    status,
    release: () => release(),
  };
  const { client, issues } = await accountOf(core, configNode, config);
  const problems = [
    ...issues,
    ...settings.issues,
    ...outputIssues(core, RED.util, msg, settings.values.output),
  ];
  if (!client || problems.length > 0)
    throw new core.ValidationError([...problems, ...(await furtherIssues(operation, context, problems))]);

  if (operation.queued) {
    status({ name: 'queued' });
    release = await acquire(core, limiter, job);
  }
  try {
    status({ name: 'working' });
    const outcome = await operation.run({ ...context, client });
    return { ...outcome, output: String(settings.values.output ?? 'payload') };
  } finally {
    release();
  }
}

async function acquire({ AbortedError }: Core, limiter: Limiter, job: Job): Promise<() => void> {
  try {
    return await limiter.acquire(job.signal);
  } catch (cause) {
    throw new AbortedError('Waiting in the queue', cause);
  }
}

/**
 * The message goes on as it came, with the result in its output property and without the overrides, which were meant
 * for this node. A message that failed keeps them, so that a flow can send it here again.
 */
function deliver(
  { RED }: OperationNode,
  msg: NodeMessageInFlow,
  outcome: Outcome & Placed,
  send: Send,
): void {
  delete msg[OVERRIDES];
  const fill = (target: NodeMessage, value: unknown) => {
    Object.assign(target, outcome.extra);
    RED.util.setMessageProperty(target, outcome.output, value, true);
    return target;
  };
  if (!outcome.sequence) {
    send(fill(msg, outcome.value));
    return;
  }
  const id = RED.util.generateId();
  outcome.sequence.forEach((value, index, { length }) => {
    const { req, res, ...rest } = msg;
    const copy = {
      ...RED.util.cloneMessage(rest as NodeMessageInFlow),
      ...(req ? { req } : {}),
      ...(res ? { res } : {}),
    };
    send(fill({ ...copy, parts: { id, type: 'array', index, count: length, len: 1 } }, value));
  });
}

function failure({ translate }: OperationNode, error: Error & { code?: unknown }) {
  if (error.code === 'aborted')
    return { fill: 'grey', shape: 'ring', text: translate('status.aborted') } as const;
  // The editor shows one short line under the node; the whole message is in the log and in msg.error.
  const text = error.message.length > 60 ? `${error.message.slice(0, 59)}…` : error.message;
  return { fill: 'red', shape: 'ring', text } as const;
}
