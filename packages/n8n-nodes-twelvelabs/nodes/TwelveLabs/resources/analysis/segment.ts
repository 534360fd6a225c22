import { commaSeparated } from '../../../host/as-meant';
import { requireThat } from '../../../host/check';
import { group, type Read, sets } from '../../form/field';
import { entriesOf } from '../../form/lists';
import type { Operation } from '../../form/operation';
import { askAboutVideo, videoFields, videoOptions } from './video';

/** The list in the form as the definitions of the API. */
const definitions: Read<unknown> = (collection, label) => {
  const entries = entriesOf<'id' | 'description' | 'fields'>(collection, 'definition', label) ?? [];
  const missing = 'is required: add a kind of segment to look for';
  requireThat(entries.length > 0, label, 'required', missing, collection);
  return entries.map(({ id, description, fields }, index) => {
    const isComplete = [id, description].every((text) => text !== undefined && text !== null && text !== '');
    const message = `kind of segment ${index + 1} must have a name and a description`;
    requireThat(isComplete, label, 'required', message, description);
    const own = (entriesOf<FieldName>(fields, 'field', label) ?? []).map(definedField);
    return { id, description, ...(own.length > 0 ? { fields: own } : {}) };
  });
};

type FieldName = 'name' | 'type' | 'description' | 'values';

function definedField({ name, type, description, values }: Partial<Record<FieldName, unknown>>): object {
  const allowed = commaSeparated(values ?? '');
  return {
    name,
    type,
    description,
    ...(type === 'array' ? { items: { type: 'string' } } : {}),
    ...(Array.isArray(allowed) && allowed.length > 0 ? { enum: allowed } : {}),
  };
}

const segments = sets(
  'params.response_format.segment_definitions',
  {
    displayName: 'Segments to Find',
    name: 'definitions',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Kind of Segment',
    default: {
      definition: [{ id: 'scene', description: 'A part of the video with the same place and action' }],
    },
    description: 'The kinds of segments to find. Each costs the whole duration of the video.',
    options: [
      {
        displayName: 'Kind of Segment',
        name: 'definition',
        values: [
          {
            displayName: 'Name',
            name: 'id',
            type: 'string',
            default: '',
            placeholder: 'e.g. goal',
            description: 'What the output calls these segments',
          },
          {
            displayName: 'Description',
            name: 'description',
            type: 'string',
            typeOptions: { rows: 2 },
            default: '',
            placeholder: 'e.g. A goal, from the attack to the celebration',
            description: 'What such a segment looks like',
          },
          {
            displayName: 'Fields',
            name: 'fields',
            type: 'fixedCollection',
            typeOptions: { multipleValues: true },
            placeholder: 'Add Field',
            default: {},
            description: 'What to find out about each segment',
            options: [
              {
                displayName: 'Field',
                name: 'field',
                values: [
                  {
                    displayName: 'Name',
                    name: 'name',
                    type: 'string',
                    default: '',
                    placeholder: 'e.g. player',
                  },
                  {
                    displayName: 'Type',
                    name: 'type',
                    type: 'options',
                    options: [
                      { name: 'List of Texts', value: 'array' },
                      { name: 'Number', value: 'number' },
                      { name: 'Text', value: 'string' },
                      { name: 'True or False', value: 'boolean' },
                      { name: 'Whole Number', value: 'integer' },
                    ],
                    default: 'string',
                  },
                  {
                    displayName: 'Description',
                    name: 'description',
                    type: 'string',
                    default: '',
                    placeholder: 'e.g. The player who scores',
                    description: 'What the field contains',
                  },
                  {
                    displayName: 'Allowed Values',
                    name: 'values',
                    type: 'string',
                    default: '',
                    placeholder: 'e.g. left, right',
                    description: 'Comma-separated values that the field may have; any when empty',
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  definitions,
);

export const segment: Operation = {
  value: 'segment',
  name: 'Segment a Video',
  action: 'Segment a video',
  description: 'Find all segments of the kinds that you describe, one item for each, with times',
  form: [
    ...videoFields,
    segments,
    group('Options', 'options', [
      ...videoOptions,
      sets('params.min_segment_duration', {
        displayName: 'Shortest Segment (Seconds)',
        name: 'minDuration',
        type: 'number',
        typeOptions: { minValue: 2 },
        default: 2,
        description: 'How long a segment is at least',
      }),
      sets('params.max_segment_duration', {
        displayName: 'Longest Segment (Seconds)',
        name: 'maxDuration',
        type: 'number',
        typeOptions: { minValue: 2 },
        default: 60,
        description: 'How long a segment is at most',
      }),
      sets('params.response_format.segment_time_format', {
        displayName: 'Times As',
        name: 'timeFormat',
        type: 'options',
        options: [
          { name: '00:01:02', value: 'hh:mm:ss' },
          { name: '00:01:02.345', value: 'hh:mm:ss.fff' },
          { name: 'Seconds', value: 'seconds' },
        ],
        default: 'seconds',
        description: 'How start_time and end_time are written',
      }),
    ]),
  ],
  async run(call) {
    const asked = call.form.paramsWithout('video', 'file');
    const response_format = { type: 'segment_definitions', ...(asked.response_format as object) };
    const { answer, details } = await askAboutVideo(call, { ...asked, response_format });
    if (!answer) return [details];
    const { task_id } = answer;
    return (answer.segments ?? []).map((found) => ({ ...found, ...details, task_id }));
  },
};
