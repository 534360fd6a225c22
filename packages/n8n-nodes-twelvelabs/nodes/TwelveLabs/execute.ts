import { TwelveLabsError } from '@twelvelabs-nodes/core';
import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  NodeOperationError,
} from 'n8n-workflow';
import { requireThat } from '../shared/check';
import { assetsClient } from '../shared/client';
import { type NodeFailure, toNodeError } from '../shared/errors';
import type { Operation } from './operation';
import { assetOperations } from './operations';
import { ItemReport } from './report';

/** Runs the chosen operation for every item, several at once where people asked for it. */
export async function executeOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const chosen = context.getNodeParameter('operation', 0);
  const operation = assetOperations.find(({ value }) => value === chosen);
  if (!operation)
    throw new NodeOperationError(
      context.getNode(),
      `There is no such operation: choose one of ${assetOperations.map(({ name }) => name).join(', ')}`,
    );
  const count = context.getInputData().length;
  const results = new Array<INodeExecutionData[]>(count);
  const failures = new Map<number, NodeFailure>();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count && failures.size === 0) {
      const itemIndex = next++;
      try {
        results[itemIndex] = await runItem(context, operation, itemIndex);
      } catch (error) {
        const failure = toNodeError(context.getNode(), error, itemIndex, operation.labels);
        if (context.continueOnFail() && !context.getExecutionCancelSignal()?.aborted) {
          results[itemIndex] = [failedItem(context, failure, error, itemIndex)];
        } else {
          failures.set(itemIndex, failure);
        }
      }
    }
  };
  // Items in progress are let finish when another one fails: what was created is then known.
  await Promise.all(Array.from({ length: Math.min(itemsAtOnce(context), count) }, worker));
  const [first] = [...failures].sort(([one], [other]) => one - other);
  if (first) throw first[1];
  return [results.flat()];
}

async function runItem(
  context: IExecuteFunctions,
  operation: Operation,
  itemIndex: number,
): Promise<INodeExecutionData[]> {
  const report = new ItemReport(context, itemIndex);
  const signal = context.getExecutionCancelSignal();
  const items = await operation.run({
    context,
    itemIndex,
    client: await assetsClient(context),
    request: { ...(signal ? { signal } : {}), onRetry: (event) => report.retry(event) },
    onProgress: (progress) => report.progress(progress),
    hint: (message, type) => report.hint(message, type),
  });
  return items.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } }));
}

/** The form in which n8n recognises a failed item, and sends it to the error output where there is one. */
function failedItem(
  context: IExecuteFunctions,
  failure: NodeFailure,
  error: unknown,
  itemIndex: number,
): INodeExecutionData {
  const details = TwelveLabsError.is(error)
    ? error.toJSON()
    : { description: failure.description ?? undefined };
  const item: INodeExecutionData = {
    json: { error: failure.message, details: details as IDataObject },
    pairedItem: { item: itemIndex },
  };
  // n8n 1.x does not see by JSON with details that an item failed: it looks at `error` beside it. An enumerable one would
  // go along in the copy that n8n makes, which then loses its JSON except for the message.
  if (context.getNode().onError === 'continueErrorOutput') {
    Object.defineProperty(item, 'error', { value: failure });
  }
  return item;
}

function itemsAtOnce(context: IExecuteFunctions): number {
  const wanted: unknown = context.getNodeParameter('options.concurrency', 0, 1);
  const isCount = typeof wanted === 'number' && Number.isInteger(wanted) && wanted >= 1 && wanted <= 32;
  try {
    requireThat(isCount, 'Items at Once', 'range', 'must be a whole number from 1 to 32', wanted);
    return wanted as number;
  } catch (error) {
    throw toNodeError(context.getNode(), error, 0);
  }
}
