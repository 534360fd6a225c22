export { Comms, type CommsEvent, type NodeStatus } from './harness/comms.ts';
export type { FlowCredentials } from './harness/credentials-file.ts';
export { type DeployOptions, type FlowNode, NodeRed, type StartOptions } from './harness/node-red.ts';
