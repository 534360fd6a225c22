import { choiceOf } from '../../../host/check';
import { type Field, own, sets } from '../../form/field';
import { json, jsonObject } from '../../form/json';
import { schemaOfExample } from './schema-of-example';

const exampleOf = jsonObject('{"brand": "Acme"}');

/** Text, or JSON by a schema or an example: the fields of n8n's structured output parser. */
export function answerFormat(show: Readonly<Record<string, string[]>>): readonly Field[] {
  return [
    own(
      {
        displayName: 'Answer As',
        name: 'answerAs',
        type: 'options',
        options: [
          { name: 'JSON', value: 'json', description: 'Fields that the next nodes can use' },
          { name: 'Text', value: 'text', description: 'Free text' },
        ],
        default: 'text',
        displayOptions: { show },
      },
      choiceOf(['json', 'text']),
    ),
    own(
      {
        displayName: 'Schema Type',
        name: 'schemaType',
        type: 'options',
        noDataExpression: true,
        options: [
          {
            name: 'Generate From JSON Example',
            value: 'fromJson',
            description: 'The answer has the same fields as an example',
          },
          {
            name: 'Define Using JSON Schema',
            value: 'manual',
            description: 'For allowed values, optional fields and descriptions',
          },
        ],
        default: 'fromJson',
        description: 'How to describe the fields of the answer',
        displayOptions: { show: { ...show, answerAs: ['json'] } },
      },
      choiceOf(['fromJson', 'manual']),
    ),
    sets(
      'params.response_format.json_schema',
      {
        displayName: 'JSON Example',
        name: 'jsonExample',
        type: 'json',
        typeOptions: { rows: 6 },
        default: '{\n  "brand": "Acme",\n  "is_advertisement": true,\n  "products": ["shoes", "socks"]\n}',
        description:
          'An example of the answer. All of its fields are required, and its values do not matter.',
        displayOptions: { show: { ...show, answerAs: ['json'], schemaType: ['fromJson'] } },
      },
      (value, field) => schemaOfExample(exampleOf(value, field), field),
    ),
    sets(
      'params.response_format.json_schema',
      {
        displayName: 'JSON Schema',
        name: 'jsonSchema',
        type: 'json',
        typeOptions: { rows: 8 },
        default:
          '{\n  "type": "object",\n  "properties": {\n    "verdict": { "type": "string", "enum": ["pass", "fail"] },\n    "reason": { "type": "string" }\n  },\n  "required": ["verdict", "reason"]\n}',
        description: 'The fields of the answer',
        displayOptions: { show: { ...show, answerAs: ['json'], schemaType: ['manual'] } },
      },
      json,
    ),
  ];
}
