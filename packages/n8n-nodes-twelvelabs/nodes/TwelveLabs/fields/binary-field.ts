import type { INodeProperties } from 'n8n-workflow';
import { type Field, sets } from '../form/field';

/** What n8n's nodes call the file of an item, unless told otherwise. */
export const BINARY_FIELD = 'data';

/** The file of an item. */
export function binaryField(more: Pick<INodeProperties, 'displayOptions'>): Field {
  return sets('params.file', {
    displayName: 'Input Binary Field',
    name: 'binaryPropertyName',
    type: 'string',
    default: BINARY_FIELD,
    required: true,
    placeholder: 'e.g. data',
    hint: 'The name of the input field containing the file. “data” also finds the only file of an item.',
    ...more,
  });
}
