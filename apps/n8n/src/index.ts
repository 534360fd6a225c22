export { executeOnce, importCredential, importWorkflow } from './command-line.ts';
export {
  type Account,
  type ContractDriver,
  contractDriver,
  type Driven,
  type DrivenError,
  startContractDriver,
} from './contract-driver.ts';
export { type StoredCredential, saveCredential, testCredential } from './credential.ts';
export type { DrivenFile, DrivenOptions, DrivenParams } from './drive-workflow.ts';
export {
  type Execution,
  executeWorkflow,
  type NodeError,
  type NodeRun,
  type OutputItem,
  saveWorkflow,
  startWorkflow,
  untilOver,
} from './execute.ts';
export { type BinaryMode, createHome, type Home, type HomeOptions } from './home.ts';
export { installPackedNode, packedPackage } from './package.ts';
export { runN8n } from './process.ts';
export { publishWorkflow } from './publish.ts';
export { type N8nServer, type StartOptions, startN8n } from './server.ts';
export { chain, NODE_TYPE, readFileNode, TRIGGER, TRIGGER_TYPE, type Workflow } from './workflow.ts';
