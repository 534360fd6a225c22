import type { AssetsClient, RequestOptions } from '@twelvelabs-nodes/core';
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Labels } from '../shared/errors';

/** One run of an operation, for one item. */
export interface Call {
  readonly context: IExecuteFunctions;
  readonly itemIndex: number;
  readonly client: AssetsClient;
  /** Cancel, and the reports of retries: for every call to the client. */
  readonly request: Pick<RequestOptions, 'signal' | 'onRetry'>;
  /** Tells people how far an upload is. */
  onProgress(progress: { sent: number; total?: number | undefined }): void;
  /** A note for people, shown beside the node's output. */
  hint(message: string, type: 'info' | 'warning'): void;
}

/** An entry in the node's list of operations: what people see, and what it does. */
export interface Operation {
  readonly value: string;
  /** In the drop-down. */
  readonly name: string;
  /** In the panel of nodes. */
  readonly action: string;
  readonly description: string;
  /** Without `displayOptions` for resource and operation: those are added. */
  readonly properties: readonly INodeProperties[];
  /** Names of fields by core's name of the parameter, for messages. */
  readonly labels?: Labels;
  /** The items to put out for this one. */
  run(call: Call): Promise<readonly object[]>;
}

/** The properties of an operation, shown only when it is chosen. */
export function propertiesOf(resource: string, { value, properties }: Operation): INodeProperties[] {
  return properties.map((property) => ({
    ...property,
    displayOptions: {
      ...property.displayOptions,
      show: { ...property.displayOptions?.show, resource: [resource], operation: [value] },
    },
  }));
}
