import type { Node, NodeAPI } from 'node-red';
import { migrate } from '../../migrations/index.ts';
import { addAdminRoute, textIn } from '../../runtime/admin-route.ts';
import type { ConfigNode } from '../../runtime/config-node.ts';
import type { NodeConfig } from '../../runtime/node-config.ts';
import { translator } from '../../runtime/register.ts';
import { assetEventsSettings } from './settings.ts';
import { Watch } from './watch.ts';

const { type } = assetEventsSettings;

interface WatchNode extends Node {
  readonly watch: Watch;
}

/** Sends a message for each thing that happens to the assets of an account. */
export default function register(RED: NodeAPI): void {
  function AssetEvents(this: Node, saved: NodeConfig): void {
    RED.nodes.createNode(this, saved);
    const config = migrate(type, saved);
    const configNode = RED.nodes.getNode(String(config.config)) as ConfigNode | null;
    const watch = new Watch({ RED, node: this, config, configNode, translate: translator(RED) });
    Object.assign(this, { watch });
    this.on('close', (_removed: boolean, done: () => void) => void watch.stop().then(done));
    watch.start();
  }
  RED.nodes.registerType(type, AssetEvents);
  addExampleButton(RED);
}

/** `POST /twelvelabs-asset-events/example` with `id`: the node's button. */
function addExampleButton(RED: NodeAPI): void {
  addAdminRoute(RED, type, 'example', async ({ id }) => {
    const node = RED.nodes.getNode(textIn(id)) as WatchNode | null;
    return { sent: node?.type === type && (await node.watch.sendExample()) };
  });
}
