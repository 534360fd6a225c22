import { shapeOf, type ValidationIssue } from '@twelvelabs-nodes/core';
import type { IBinaryData } from 'n8n-workflow';
import { type BinaryFile, binaryFile } from '../../../../host/file-source';
import type { Call } from '../../../form/operation';

/**
 * The file in a binary field of the item, found by n8n's own rules; without one, a problem of the form.
 * @param field the name of the binary field, or what an expression gave in its place
 */
export async function inputFile(call: Call, field: unknown): Promise<BinaryFile | undefined> {
  const { context, itemIndex, form } = call;
  const data = found(call, field);
  if (data) return binaryFile(context, data);
  form.issues.unshift(missingFile(field, Object.keys(context.getInputData()[itemIndex]?.binary ?? {})));
  return undefined;
}

function found({ context, itemIndex }: Call, field: unknown): IBinaryData | undefined {
  try {
    const data = context.helpers.assertBinaryData(itemIndex, field as string);
    // n8n takes `__proto__` for a field.
    return typeof data.data === 'string' ? data : undefined;
  } catch {
    return undefined;
  }
}

function missingFile(field: unknown, fields: readonly string[]): ValidationIssue {
  const missing =
    typeof field === 'string' && field !== ''
      ? `there is no binary field "${field.slice(0, 50)}"`
      : 'must be the name of a binary field';
  const has =
    fields.length > 0
      ? `This item has: ${fields.map((name) => `"${name}"`).join(', ')}`
      : 'This item has no binary field: put a node that outputs a file before this one';
  const message = `${missing}. ${has}`;
  return { field: 'file', rule: 'required', message, received: shapeOf(field) };
}
