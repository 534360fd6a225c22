import { type RetryEvent, TwelveLabsError } from '@twelvelabs-nodes/core';
import {
  type IDataObject,
  type IExecuteFunctions,
  type INodeExecutionData,
  NodeOperationError,
} from 'n8n-workflow';
import { twelveLabsClient } from '../host/client';
import { type NodeFailure, toNodeError } from '../host/errors';
import { itemsAtOnce } from './fields/items-at-once';
import { labelsOf } from './form/field';
import { FormValues } from './form/form-values';
import type { Operation } from './form/operation';
import { ItemReport } from './report';
import { resources } from './resources';

/** Runs the chosen operation for every item, several at once where people asked for it. */
export async function executeOperation(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const operation = chosen(context);
  const labels = labelsOf(operation.form);
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
        const failure = toNodeError(context.getNode(), error, itemIndex, labels);
        if (context.continueOnFail() && !context.getExecutionCancelSignal()?.aborted) {
          results[itemIndex] = [failedItem(context, failure, error, itemIndex)];
        } else {
          failures.set(itemIndex, failure);
        }
      }
    }
  };
  const atOnce = count > 0 ? (new FormValues(context, 0, operation.form).get(itemsAtOnce) ?? 1) : 0;
  // Items in progress may finish when another one fails: what was created is then known.
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  const [first] = [...failures].sort(([one], [other]) => one - other);
  if (first) throw first[1];
  return [results.flat()];
}

/** @throws {NodeOperationError} naming the choices, when an expression or an import chose something else */
function chosen(context: IExecuteFunctions): Operation {
  const pick = <T extends { value: string; name: string }>(label: string, all: readonly T[]): T => {
    const value = context.getNodeParameter(label.toLowerCase(), 0, all[0]?.value);
    const found = all.find((one) => one.value === value);
    if (found) return found;
    const names = all.map(({ name }) => name).join(', ');
    throw new NodeOperationError(context.getNode(), `${label}: must be one of ${names}`);
  };
  return pick('Operation', pick('Resource', resources).operations);
}

async function runItem(
  context: IExecuteFunctions,
  operation: Operation,
  itemIndex: number,
): Promise<INodeExecutionData[]> {
  const report = new ItemReport(context, itemIndex);
  const signal = context.getExecutionCancelSignal();
  const form = new FormValues(context, itemIndex, operation.form);
  const client = await twelveLabsClient(context);
  const request = { ...(signal ? { signal } : {}), onRetry: (event: RetryEvent) => report.retry(event) };
  const items = await operation.run({
    context,
    itemIndex,
    client,
    form,
    request,
    async core(call, params = form.params, options = form.options) {
      await form.check(() => call.check(params, options));
      return client.call(call, params, { ...options, ...request });
    },
    onProgress: (progress) => report.progress(progress),
    hint: (message, type) => report.hint(message, type),
  });
  return items.map((json) => ({ json: json as IDataObject, pairedItem: { item: itemIndex } }));
}

/** The form in which n8n recognizes a failed item, and sends it to the error output where there is one. */
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
