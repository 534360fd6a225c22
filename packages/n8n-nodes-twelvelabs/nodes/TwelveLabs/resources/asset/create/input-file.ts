import { shapeOf, ValidationError } from '@twelvelabs-nodes/core';
import type { IBinaryData } from 'n8n-workflow';
import { type BinaryFile, binaryFile } from '../../../../host/file-source';
import type { Call } from '../../../form/operation';

/**
 * The file in a binary field of the item, found by n8n's own rules.
 * @param field the name of the binary field, or what an expression gave in its place
 */
export function inputFile({ context, itemIndex }: Call, field: unknown): Promise<BinaryFile> {
  return binaryFile(context, found());

  function found(): IBinaryData {
    try {
      const data = context.helpers.assertBinaryData(itemIndex, field as string);
      // n8n takes `__proto__` for a field.
      if (typeof data.data === 'string') return data;
    } catch {
      // Reported below in the words of the form, with the fields that there are.
    }
    throw missingFile(field, Object.keys(context.getInputData()[itemIndex]?.binary ?? {}));
  }
}

function missingFile(field: unknown, fields: readonly string[]): ValidationError {
  const missing =
    typeof field === 'string' && field !== ''
      ? `there is no binary field "${field.slice(0, 50)}"`
      : 'must be the name of a binary field';
  const has =
    fields.length > 0
      ? `This item has: ${fields.map((name) => `"${name}"`).join(', ')}`
      : 'This item has no binary field: put a node that outputs a file before this one';
  const message = `${missing}. ${has}`;
  return new ValidationError([{ field: 'file', rule: 'required', message, received: shapeOf(field) }]);
}
