import type { IExecuteFunctions } from 'n8n-workflow';

/** The ids of an item's assets, by what the item asked for: another question gets another asset. */
type Created = Map<string, string>;

/**
 * By execution, then by node and run. An execution's cancel signal lives exactly as long as the execution, and is the
 * same one when *Retry On Fail* runs the node again.
 */
const executions = new WeakMap<AbortSignal, Map<string, Map<number, Created>>>();

/**
 * The assets that the items of one node's run have created. *Retry On Fail* makes n8n run the whole node again, with
 * all items: those that have their asset must not create another.
 */
export class CreatedAssets {
  readonly #run: Map<number, Created>;

  constructor(context: IExecuteFunctions) {
    const signal = context.getExecutionCancelSignal();
    const runs = (signal && executions.get(signal)) ?? new Map<string, Map<number, Created>>();
    if (signal) executions.set(signal, runs);
    const key = `${context.getNode().id} ${context.evaluateExpression('{{ $runIndex }}', 0)}`;
    this.#run = runs.get(key) ?? new Map();
    runs.set(key, this.#run);
    this.forget = () => runs.delete(key);
  }

  /** Forgets all of them: nothing will run this again. */
  readonly forget: () => void;

  /** The asset that this item created by an equal request before. */
  find(item: number, request: string): string | undefined {
    return this.#run.get(item)?.get(request);
  }

  add(item: number, request: string, assetId: string): void {
    const created = this.#run.get(item) ?? new Map<string, string>();
    this.#run.set(item, created.set(request, assetId));
  }

  /** The asset is of no use any more: the next try may create another. */
  remove(item: number, assetId: string | undefined): void {
    const created = this.#run.get(item) ?? new Map<string, string>();
    for (const [request, id] of created) if (id === assetId) created.delete(request);
  }

  /** Ids with the item of each. */
  get all(): readonly (readonly [item: number, assetId: string])[] {
    return [...this.#run].flatMap(([item, created]) =>
      [...created.values()].map((assetId) => [item, assetId] as const),
    );
  }
}
