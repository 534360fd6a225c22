import type { NodeDef } from 'node-red';

/** A node's configuration as its flow holds it: typed inputs are a pair of `name` and `nameType`. */
export interface NodeConfig extends NodeDef {
  readonly [property: string]: unknown;
}
