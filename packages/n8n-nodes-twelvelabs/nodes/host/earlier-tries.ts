import {
  ResourceFailedError,
  type SearchPage,
  UncertainOutcomeError,
  type UploadSession,
  UploadSessionError,
} from '@twelvelabs-nodes/core';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** Something that exists on the platform, or that will when its upload is complete. */
interface Created {
  readonly resource: 'asset' | 'entity' | 'analysis task';
  readonly id: string;
  /** Of an asset of which not all was sent. */
  readonly session?: UploadSession | undefined;
}

/** What one item has got so far. Another request of the same item, by expressions that change, begins anew. */
export class ItemMemory {
  readonly request: string;
  /** The output of an item that succeeded. */
  output: INodeExecutionData[] | undefined;
  /** Nobody knows whether this item has what it asked for: no further try may ask for it again. */
  doubt: UncertainOutcomeError | undefined;
  /** Of a search, which is billed once for all its pages. */
  firstPage: SearchPage | undefined;
  /** The same for each try: for what the platform runs once for each key. */
  key = crypto.randomUUID();
  readonly #answers = new Map<object, Map<string, unknown>>();
  readonly #created = new Map<string, Created>();

  constructor(request: string) {
    this.request = request;
  }

  /** The answer of an earlier try, or what `work` returns. */
  async once<T>(operation: object, input: string, work: () => Promise<T>): Promise<T> {
    const answers = this.#answers.get(operation) ?? new Map<string, unknown>();
    if (answers.has(input)) return answers.get(input) as T;
    const answer = await work();
    this.#answers.set(operation, answers.set(input, answer));
    return answer;
  }

  /** What an earlier try created by an equal request. */
  found(request: string): Created | undefined {
    return this.#created.get(request);
  }

  add(request: string, created: Created): void {
    this.#created.set(request, created);
  }

  /** Keeps what a failure says about further tries. */
  learn(error: unknown): void {
    if (error instanceof UncertainOutcomeError) this.doubt = error;
    const isOver = error instanceof ResourceFailedError || error instanceof UploadSessionError;
    if (isOver) this.forget(error.assetId ?? error.id);
  }

  /** What failed, is gone, or cannot be continued is of no use: the next try begins anew. */
  forget(id: string | undefined): void {
    this.key = crypto.randomUUID();
    this.#answers.clear();
    for (const [request, created] of this.#created) if (created.id === id) this.#created.delete(request);
  }

  get created(): Created[] {
    return [...this.#created.values()];
  }
}

/**
 * By execution, then by node and run. An execution's cancel signal lives exactly as long as the execution, and is the
 * same one when *Retry On Fail* runs the node again.
 */
const executions = new WeakMap<AbortSignal, Map<string, Map<number, ItemMemory>>>();

/**
 * What the items of one run of a node have got. *Retry On Fail* makes n8n run the whole node again, with all items:
 * what was created or paid for must not be created or paid for twice.
 */
export class EarlierTries {
  readonly #items: Map<number, ItemMemory>;
  /** Forgets all of them: nothing will run this again. */
  readonly forget: () => void;

  constructor(context: IExecuteFunctions) {
    const signal = context.getExecutionCancelSignal();
    const runs = (signal && executions.get(signal)) ?? new Map<string, Map<number, ItemMemory>>();
    if (signal) executions.set(signal, runs);
    // n8n counts each try of an AI agent's tool as another run. Older versions have no `isToolExecution`.
    const isTool = context.isToolExecution?.() ?? false;
    const run = isTool ? 'tool' : context.evaluateExpression('{{ $runIndex }}', 0);
    const key = `${context.getNode().id} ${run}`;
    this.#items = runs.get(key) ?? new Map();
    runs.set(key, this.#items);
    this.forget = () => runs.delete(key);
  }

  /** @param request what the item asks for */
  item(index: number, request: string): ItemMemory {
    const known = this.#items.get(index);
    if (known?.request === request) return known;
    const memory = new ItemMemory(request);
    this.#items.set(index, memory);
    return memory;
  }

  /** What all items created. */
  get created(): readonly (Pick<Created, 'resource' | 'id'> & { readonly item: number })[] {
    return [...this.#items].flatMap(([item, memory]) =>
      memory.created.map(({ resource, id }) => ({ item, resource, id })),
    );
  }
}
