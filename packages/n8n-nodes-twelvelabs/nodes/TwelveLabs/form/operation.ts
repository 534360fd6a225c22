import type { Asset, Operation as CoreOperation, IterableOperation, Progress } from '@twelvelabs-nodes/core';
import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import type { ItemMemory } from '../../host/earlier-tries';
import type { Form } from './field';
import type { FormValues } from './form-values';

/** One call to core. */
export interface CoreCall {
  /** By the API's names; by default what the form sets. */
  readonly params?: unknown;
  /** By default what the form sets. */
  readonly options?: object;
  /** Bytes that are sent, when known. */
  readonly bytes?: number | undefined;
}

/** One run of an operation, for one item. */
export interface Call {
  readonly context: IExecuteFunctions;
  readonly itemIndex: number;
  /** What people entered. */
  readonly form: FormValues;
  /**
   * Runs an operation of core, as soon as there is room beside the other items.
   * @throws {ValidationError} with every problem of the form and of what it sets, before anything is sent
   */
  core<T>(operation: CoreOperation<T>, call?: CoreCall): Promise<T>;
  /** All results of an operation of core with many of them, likewise. */
  all<T>(operation: IterableOperation<T>, call?: CoreCall): Promise<T[]>;
  /**
   * Makes sure that something exists, by the operation that retrieves it: asks once for all items of this run.
   * @throws {ApiError} when it does not
   */
  mustExist(operation: CoreOperation<unknown>, params: object): Promise<void>;
  /** What this item has got so far, also in earlier tries of this execution. */
  readonly memory: ItemMemory;
  /** Reports an asset as soon as it exists, or will when its upload is complete. */
  onUpload(assetId: string): void;
  /** Reports an asset that was created. From here on the item only waits for TwelveLabs: another one may start. */
  onCreated(asset: Asset): void;
  /** Reports an upload that goes on where an earlier run stopped. */
  onResume(progress: Progress): void;
  /** Reports what an asset is while the item waits for it. */
  onStatus(asset: Asset): void;
  /** Reports what the item waits for from here on. */
  onWaiting(what: string): void;
  /** Reports how far an upload is. */
  onProgress(progress: Progress): void;
  /** A note for people, shown beside the node's output. */
  hint(message: string, type: 'info' | 'warning'): void;
}

/** An output item that has a file. */
export class ItemWithFile {
  readonly json: object;
  readonly binary: IBinaryKeyData;

  constructor(json: object, binary: IBinaryKeyData) {
    this.json = json;
    this.binary = binary;
  }
}

/** An entry in the node's list of operations: what people see, and what it does. */
export interface Operation {
  readonly value: string;
  /** In the drop-down. */
  readonly name: string;
  /** In the panel of nodes. */
  readonly action: string;
  readonly description: string;
  /** Its fields, in the order of the form. */
  readonly form: Form;
  /** The items to put out for this one: their JSON, or with a file. */
  run(call: Call): Promise<readonly object[]>;
}

/** What operations are about: an entry in the node's first drop-down. */
export interface Resource {
  readonly value: string;
  readonly name: string;
  /** The operation of a new node. */
  readonly default: string;
  /** By name, as n8n's guidelines ask. */
  readonly operations: readonly Operation[];
}
