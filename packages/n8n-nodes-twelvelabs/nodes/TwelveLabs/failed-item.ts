import { TwelveLabsError, ValidationError } from '@twelvelabs-nodes/core';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { NodeFailure } from '../host/errors';

/**
 * The form in which n8n recognizes a failed item, and sends it to the error output where there is one. The item keeps
 * its files, so that a branch behind that output can try again.
 */
export function failedItem(
  context: IExecuteFunctions,
  failure: NodeFailure,
  error: unknown,
  itemIndex: number,
): INodeExecutionData {
  const details = TwelveLabsError.is(error)
    ? // In the words of the form, as in `error` beside it.
      {
        ...(failure.context.data as object),
        ...(error instanceof ValidationError ? { message: failure.message } : {}),
      }
    : { description: failure.description ?? undefined };
  const { binary } = context.getInputData()[itemIndex] ?? {};
  const item: INodeExecutionData = {
    json: { error: failure.message, details: details as IDataObject },
    ...(binary ? { binary } : {}),
    pairedItem: { item: itemIndex },
  };
  // n8n 1.x does not see by JSON with details that an item failed: it looks at `error` beside it. An enumerable one would
  // go along in the copy that n8n makes, which then loses its JSON except for the message.
  if (context.getNode().onError === 'continueErrorOutput') {
    Object.defineProperty(item, 'error', { value: failure });
  }
  return item;
}
