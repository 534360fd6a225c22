import type { INodeProperties } from 'n8n-workflow';
import { type Field, sets } from '../form/field';

/** The file of an item. */
export function binaryField(more: Pick<INodeProperties, 'displayOptions'>): Field {
  return sets('params.file', {
    displayName: 'Input Binary Field',
    name: 'binaryPropertyName',
    type: 'string',
    default: 'data',
    required: true,
    placeholder: 'e.g. data',
    hint: 'The name of the input field containing the file to upload',
    ...more,
  });
}
