export {
  type ContractDriver,
  type Driven,
  type DrivenError,
  type DrivenFile,
  type DrivenOptions,
  type DrivenParams,
  startContractDriver,
} from './drive/contract-driver.ts';
export { type Account, nodeFlow } from './drive/node-flow.ts';
export { type StaticServer, serveFolder } from './drive/static-server.ts';
export { Comms, type CommsEvent, type NodeStatus } from './harness/comms.ts';
export type { FlowCredentials } from './harness/credentials-file.ts';
export { type DeployOptions, type FlowNode, NodeRed, type StartOptions } from './harness/node-red.ts';
