import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  IPollFunctions,
  ISupplyDataFunctions,
} from 'n8n-workflow';

/** Where our code runs in n8n: a node's execution, a sub-node, a poll of the trigger, or a search in the editor. */
export type HostContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | ISupplyDataFunctions;

export const CREDENTIAL = 'twelveLabsApi';

/** What people see on the fields of a credential. */
export const CREDENTIAL_LABELS: Readonly<Record<string, string>> = { apiKey: 'API Key', baseUrl: 'Base URL' };
