import type { Node, NodeAPI } from 'node-red';
import { initConfigNode } from '../../runtime/config-node.ts';
import { addConnectionTest } from '../../runtime/connection-test.ts';
import type { NodeConfig } from '../../runtime/node-config.ts';
import { addOffers } from '../../runtime/offers.ts';

const TYPE = 'twelvelabs-config';

/** The account that the other nodes share, and the editor's button that tries it. */
export default function register(RED: NodeAPI): void {
  function TwelveLabsConfig(this: Node, saved: NodeConfig): void {
    initConfigNode(RED, this, saved);
  }
  RED.nodes.registerType(TYPE, TwelveLabsConfig, { credentials: { apiKey: { type: 'password' } } });
  addConnectionTest(RED);
  addOffers(RED);
}
