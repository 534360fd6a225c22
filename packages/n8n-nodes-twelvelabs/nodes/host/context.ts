import type { IExecuteFunctions, ILoadOptionsFunctions, IPollFunctions } from 'n8n-workflow';

/** Where our code runs in n8n: a node's execution, a poll of the trigger, or a search in the editor. */
export type HostContext = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions;

export const CREDENTIAL = 'twelveLabsApi';
