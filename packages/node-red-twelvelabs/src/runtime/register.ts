import type { Node, NodeAPI, NodeInitializer } from 'node-red';
import { migrate } from '../migrations/index.ts';
import { withSource } from '../settings/setting.ts';
import type { ConfigNode } from './config-node.ts';
import { handleInput, type OperationNode } from './input.ts';
import { type Job, Jobs } from './jobs.ts';
import type { NodeConfig } from './node-config.ts';
import type { Operation } from './operation.ts';
import { Sequencer } from './sequencer.ts';
import { StatusBoard } from './status-board.ts';
import type { Translate } from './status-text.ts';

/** The catalog of the account has the statuses of all nodes. */
const TEXTS = '@twelvelabs-nodes/node-red-twelvelabs/twelvelabs-config';

/**
 * A deploy stops messages without a trace in the flow: the log says how many, and which assets and tasks they leave
 * behind.
 */
function reportStopped(node: Node, jobs: readonly Job[]): void {
  if (jobs.length === 0) return;
  const ids = jobs.flatMap(({ assetIds }) => assetIds);
  const messages = jobs.length === 1 ? '1 message' : `${jobs.length} messages`;
  const left =
    ids.length > 0 ? `Assets that exist: ${ids.join(', ')}` : 'No asset is known to exist for them';
  const tasks = jobs.flatMap((job) => job.tasks);
  const running = tasks.length > 0 ? ` Tasks still running in TwelveLabs: ${tasks.join(', ')}.` : '';
  node.warn(`Stopped ${messages} in progress. ${left}.${running}`);
}

/** Texts that all nodes show, in the language of the runtime. */
export function translator(RED: NodeAPI): Translate {
  return (key, values) => RED._(`${TEXTS}:${key}`, values);
}

/** The wiring that every operation shares: what Node-RED calls to register the node type. */
export function operationNode(operation: Operation): NodeInitializer {
  const { type } = operation.settings;
  return (RED: NodeAPI) => {
    function TwelveLabsNode(this: Node, saved: NodeConfig): void {
      RED.nodes.createNode(this, saved);
      const config = withSource(migrate(type, saved), operation.settings);
      const configNode = RED.nodes.getNode(String(config.config)) as ConfigNode | null;
      const translate = translator(RED);
      const board = new StatusBoard(this, translate, () => configNode?.waiting() ?? 0);
      const forget = configNode?.onWaiting(() => board.refresh());
      const self: OperationNode = {
        RED,
        node: this,
        operation,
        config,
        configNode,
        translate,
        board,
        jobs: new Jobs(),
        sequencer: new Sequencer(),
      };
      this.on('input', (msg, send, done) => handleInput(self, msg, send, done));
      this.on('close', (_removed: boolean, done: () => void) => {
        forget?.();
        reportStopped(this, self.jobs.running);
        self.jobs.abort();
        // Node-RED ends a node that takes 15 s to close; what was aborted ends within one.
        void self.jobs.settled().then(() => {
          board.close();
          done();
        });
      });
    }
    RED.nodes.registerType(type, TwelveLabsNode);
  };
}
