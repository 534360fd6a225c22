import {
  AbortedError,
  type Operation as CoreOperation,
  type IterableOperation,
  Pool,
  type RetryEvent,
} from '@twelvelabs-nodes/core';
import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  NodeOperationError,
} from 'n8n-workflow';
import { accountOf, twelveLabsClient } from '../host/client';
import { clock } from '../host/clock';
import { EarlierTries, type ItemMemory } from '../host/earlier-tries';
import { type NodeFailure, toNodeError } from '../host/errors';
import { failedItem } from './failed-item';
import { itemsAtOnce } from './fields/items-at-once';
import { labelsOf } from './form/field';
import { FormValues } from './form/form-values';
import { type Call, type CoreCall, ItemWithFile, type Operation } from './form/operation';
import { ItemReport, say } from './report';
import { DEFAULT_RESOURCE, resources } from './resources';

/**
 * Items in progress at most, those included that only wait: each of them asks the platform now and then. How many of
 * them send something at the same time is up to the pool.
 */
const MOST_IN_PROGRESS = 200;

/** Runs the chosen operation for every item, as many at once as fit. */
export async function executeOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = chosen(context);
  const count = context.getInputData().length;
  const atOnce = count > 0 ? atOnceOf(context, operation) : undefined;
  const run = new NodeRun(context, operation, new Pool(clock, { count: atOnce }));
  let next = 0;
  const worker = async () => {
    while (next < count && !run.isStopped) await run.item(next++);
  };
  const workers = Math.min(atOnce ?? MOST_IN_PROGRESS, count);
  await Promise.all(Array.from({ length: workers }, worker));
  return run.end();
}

/** How many items at once the form of the first item allows. What is wrong with that form, its item reports. */
function atOnceOf(context: IExecuteFunctions, operation: Operation): number | undefined {
  try {
    return new FormValues(context, 0, operation.form).get(itemsAtOnce);
  } catch {
    return undefined;
  }
}

/** @throws {NodeOperationError} naming the choices, when an expression or an import chose something else */
function chosen(context: IExecuteFunctions): Operation {
  const pick = <T extends { value: string; name: string }>(
    label: string,
    all: readonly T[],
    byDefault: string,
  ): T => {
    const value = context.getNodeParameter(label.toLowerCase(), 0, byDefault);
    const found = all.find((one) => one.value === value);
    if (found) return found;
    const names = all.map(({ name }) => name).join(', ');
    throw new NodeOperationError(context.getNode(), `${label}: must be one of ${names}`);
  };
  const resource = pick('Resource', resources, DEFAULT_RESOURCE);
  return pick('Operation', resource.operations, resource.default);
}

/** One run of the node over its items. */
class NodeRun {
  readonly #context: IExecuteFunctions;
  readonly #operation: Operation;
  readonly #pool: Pool;
  readonly #tries: EarlierTries;
  readonly #labels: Record<string, string>;
  readonly #results: INodeExecutionData[][] = [];
  /** What exists, or is being asked for, by account and IDs. */
  readonly #existing = new Map<string, Promise<unknown>>();
  readonly #failures = new Map<number, NodeFailure>();
  /** Ends the waiting of items that have not begun, when the node fails. */
  readonly #stop = new AbortController();
  #hasFailedItems = false;

  constructor(context: IExecuteFunctions, operation: Operation, pool: Pool) {
    this.#context = context;
    this.#operation = operation;
    this.#pool = pool;
    this.#tries = new EarlierTries(context);
    this.#labels = labelsOf(operation.form);
  }

  get isStopped(): boolean {
    return this.#stop.signal.aborted;
  }

  get #isCanceled(): boolean {
    return this.#context.getExecutionCancelSignal()?.aborted ?? false;
  }

  /** Runs the operation for one item. Never throws. */
  async item(itemIndex: number): Promise<void> {
    const labels = { ...this.#labels };
    try {
      this.#results[itemIndex] = await this.#run(itemIndex, labels);
    } catch (error) {
      // Another item stopped this one: that one's failure is what people need to read.
      if (error instanceof AbortedError && this.isStopped && !this.#isCanceled) return;
      this.#hasFailedItems = true;
      const failure = toNodeError(this.#context.getNode(), error, itemIndex, labels);
      if (this.#context.continueOnFail() && !this.#isCanceled) {
        this.#results[itemIndex] = [failedItem(this.#context, failure, error, itemIndex)];
        return;
      }
      this.#failures.set(itemIndex, failure);
      this.#stop.abort();
    }
  }

  /**
   * The node's output.
   * @throws the error of the first item that failed, with what all items created
   */
  end(): INodeExecutionData[][] {
    // n8n also runs a node again when it goes on with failed items.
    if (!this.#hasFailedItems) this.#tries.forget();
    const failure = this.#failures.get(Math.min(...this.#failures.keys()));
    if (!failure) return [this.#results.flat()];
    const { created } = this.#tries;
    if (created.length > 0) {
      const list = created.map(({ item, resource, id }) => `${resource} ${id} (item ${item})`).join(', ');
      failure.description = `${failure.description ?? ''} Created before this node stopped: ${list}.`;
      failure.context.created = created;
      // Of a canceled execution, n8n keeps no node's error.
      say(this.#context, 'warn', `${this.#context.getNode().name} stopped. It created ${list}`);
    }
    throw failure;
  }

  /** @param labels gets those of the fields that are shown */
  async #run(itemIndex: number, labels: Record<string, string>): Promise<INodeExecutionData[]> {
    const form = new FormValues(this.#context, itemIndex, this.#operation.form);
    Object.assign(labels, form.labels);
    const memory = this.#tries.item(itemIndex, form.fingerprint);
    if (memory.doubt) throw memory.doubt;
    memory.output ??= await this.#output(itemIndex, form, memory).catch((error: unknown) => {
      memory.learn(error);
      throw error;
    });
    return memory.output;
  }

  async #output(itemIndex: number, form: FormValues, memory: ItemMemory): Promise<INodeExecutionData[]> {
    const context = this.#context;
    const report = new ItemReport(context, itemIndex);
    const client = await twelveLabsClient(context, itemIndex);
    const signal = context.getExecutionCancelSignal();
    const onRetry = (event: RetryEvent) => {
      this.#pool.onRetry(event);
      report.retry(event);
    };
    const request = { ...(signal ? { signal } : {}), onRetry };
    let release = () => {};
    const inTurn = <T>(bytes: number | undefined, work: () => Promise<T>): Promise<T> =>
      this.#pool.run({
        bytes,
        signal: AbortSignal.any([this.#stop.signal, ...(signal ? [signal] : [])]),
        work: (free) => {
          release = free;
          return work();
        },
      });
    const call: Call = {
      context,
      itemIndex,
      form,
      core: async <T>(operation: CoreOperation<T>, wanted: CoreCall = {}): Promise<T> => {
        const { params = form.params, options = form.options, bytes } = wanted;
        await form.check(() => client.check(operation, params, options));
        const run = () => client.call(operation, params, { ...options, ...request });
        return inTurn(bytes, () =>
          isRead(operation) ? run() : memory.once(operation, JSON.stringify([params, options]), run),
        );
      },
      all: async <T>(operation: IterableOperation<T>, wanted: CoreCall = {}): Promise<T[]> => {
        const { params = form.params, options = form.options, bytes } = wanted;
        await form.check(() => client.check(operation, params, options));
        return inTurn(bytes, async () => {
          const found: T[] = [];
          for await (const one of client.iterate(operation, params, { ...options, ...request }))
            found.push(one);
          return found;
        });
      },
      mustExist: async (operation, params) => {
        const about = [await accountOf(context, itemIndex), ...Object.entries(params).flat()].join(' ');
        const asked = this.#existing.get(about) ?? call.core(operation, { params, options: {} });
        this.#existing.set(about, asked);
        // What failed is asked for again.
        asked.catch(() => this.#existing.delete(about));
        await asked;
      },
      memory,
      onUpload: (assetId) => report.uploading(assetId),
      onResume: (progress) => report.resumed(progress),
      onCreated: (asset) => {
        report.created(asset);
        release();
      },
      onStatus: (asset) => {
        report.status(asset);
        release();
      },
      onWaiting: (what) => {
        report.waiting(what);
        release();
      },
      onProgress: (progress) => report.progress(progress),
      hint: (message, type) => report.hint(message, type),
    };
    const items = await this.#operation.run(call);
    const pairedItem = { item: itemIndex };
    return items.map((item) =>
      item instanceof ItemWithFile
        ? { json: item.json as IDataObject, binary: item.binary, pairedItem }
        : { json: item as IDataObject, pairedItem },
    );
  }
}

/** Whether an operation only reads: what it returned before may have changed. */
function isRead(operation: object): boolean {
  return 'method' in operation && operation.method === 'GET';
}
