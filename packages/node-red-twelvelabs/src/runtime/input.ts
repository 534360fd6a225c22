import type { Node, NodeAPI, NodeMessage, NodeMessageInFlow } from 'node-red';
import { settingsOf } from '../settings/setting.ts';
import { handleAbort } from './abort-message.ts';
import type { ConfigNode } from './config-node.ts';
import { loadCore } from './core.ts';
import { copyOf, deliver, type Send } from './deliver.ts';
import { NodeError, type Origin, toNodeError } from './errors.ts';
import type { Job, Jobs } from './jobs.ts';
import type { NodeConfig } from './node-config.ts';
import { type CheckContext, limitsOf, type Operation, type Outcome } from './operation.ts';
import { outputIssues } from './output.ts';
import { accountOf } from './problems.ts';
import { reasonOf } from './reason.ts';
import type { Sequencer } from './sequencer.ts';
import { keepsOrder, resolveSettings } from './settings.ts';
import type { StatusBoard } from './status-board.ts';
import { type Phase, shortened, type Translate } from './status-text.ts';

/** One node of a flow, and what its messages share. */
export interface OperationNode {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly operation: Operation;
  readonly config: NodeConfig;
  /** Missing when none was chosen, or when it is disabled. */
  readonly configNode: ConfigNode | null;
  readonly translate: Translate;
  readonly board: StatusBoard;
  readonly jobs: Jobs;
  readonly sequencer: Sequencer;
}

type Done = (error?: Error) => void;

/** Every message of every operation passes here: status, order, errors and `done`, exactly once. */
export function handleInput(self: OperationNode, msg: NodeMessageInFlow, send: Send, done: Done): void {
  if (handleAbort(msg.abort, self.jobs, (text) => self.node.warn(text))) {
    done();
    return;
  }
  const place = keepsOrder(self.config, msg) ? self.sequencer.enter() : undefined;
  self.jobs.run(msg, async (job) => {
    const origins = new Map<string, Origin>();
    try {
      const sendInTurn = (part: NodeMessage) =>
        place ? void place.turn.then(() => job.signal.aborted || send(part)) : send(part);
      const outcome = await perform(self, job, msg, origins, sendInTurn);
      await place?.turn;
      deliver(self.RED, msg, outcome, outcome.output, send);
      self.board.end(job, outcome.status(self.translate));
      return () => done();
    } catch (thrown) {
      const error = await toNodeError(thrown, origins, job.assetIds);
      // A flow can continue with this asset, for example in "wait until ready".
      const assetId = error instanceof NodeError ? error.details.assetId : job.assetIds.at(-1);
      if (assetId !== undefined) Object.assign(msg, { assetId });
      await place?.turn;
      self.board.end(job, failure(self, error));
      return () => done(error);
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
  sendPart: (part: NodeMessage) => void,
): Promise<Outcome & { readonly output: string }> {
  const { RED, node, operation, config, configNode, board } = self;
  const core = await loadCore();
  const settings = await resolveSettings({ core, RED, node, config, msg }, settingsOf(operation.settings));
  for (const [field, origin] of settings.origins) origins.set(field, origin);

  const { account, issues } = await accountOf(core, configNode, config);
  const status = (phase: Phase) => board.update(job, phase);
  const context: CheckContext = {
    RED,
    core,
    msg,
    values: settings.values,
    origins,
    // Without an account nobody knows where the platform is, and so not what it can reach.
    check: (checked, params, options) =>
      account ? account.client.check(checked, params, options) : checked.check(params, options),
    options: {
      signal: job.signal,
      ...limitsOf(settings.values),
      onRetry(event) {
        account?.pool.onRetry(event);
        const { error, delay, since } = event;
        const reason = shortened(reasonOf(core, error, (field) => field));
        board.pause(
          job,
          error.code === 'rate_limit'
            ? { name: 'throttled', delay }
            : { name: 'retrying', delay, since, reason },
        );
      },
    },
  };
  const problems = [
    ...issues,
    ...settings.issues,
    ...outputIssues(core, RED.util, msg, settings.values.output),
  ];
  if (!account || problems.length > 0) {
    const known = new Set([...problems.map(({ field }) => field), ...settings.undecided]);
    const others = await operation.check(context);
    throw new core.ValidationError([...problems, ...others.filter(({ field }) => !known.has(field))]);
  }
  const output = String(settings.values.output ?? 'payload');
  const outcome = await operation.run({
    ...context,
    client: account.client,
    status,
    // Names come from a server: none of them may forge a line of the log.
    log: (text) => node.log(core.excerpt(text, 1_000)),
    warn: (text) => node.warn(core.excerpt(text, 1_000)),
    emit(part, extra) {
      const copy = Object.assign(copyOf(RED.util, msg), extra);
      RED.util.setMessageProperty(copy, output, part, true);
      sendPart(copy);
    },
    exists(assetId) {
      if (!job.assetIds.includes(assetId)) job.assetIds.push(assetId);
    },
    began(task) {
      job.tasks.push(task);
      // A create-once key may have returned it: who created it is not known.
      node.log(`Waiting for ${core.excerpt(task)}.`);
    },
    inTurn(work, bytes = 0) {
      status({ name: 'queued' });
      const { signal } = job;
      const begin = (release: () => void) => {
        status({ name: 'working' });
        return work(release);
      };
      return account.pool.run({ bytes, signal, work: begin });
    },
  });
  return { ...outcome, output };
}

function failure({ translate }: OperationNode, error: Error & { code?: unknown }) {
  if (error.code === 'aborted')
    return { fill: 'grey', shape: 'ring', text: translate('status.aborted') } as const;
  // The editor shows one short line under the node; the whole message is in the log and in msg.error.
  const reason = error instanceof NodeError ? error.reason : error.message;
  return { fill: 'red', shape: 'ring', text: shortened(reason) } as const;
}
