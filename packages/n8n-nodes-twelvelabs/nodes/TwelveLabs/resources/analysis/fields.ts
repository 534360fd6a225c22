import { choiceOf, flag } from '../../../host/check';
import { binaryField } from '../../fields/binary-field';
import { parseJson } from '../../fields/metadata';
import { pick } from '../../fields/pick';
import { type Form, group, own, type Read, sets } from '../../form/field';

const SOURCES = ['file', 'url', 'asset'] as const;
const QUESTIONS = ['summary', 'chapters', 'highlights', 'title_and_topics', 'custom'] as const;

export const source = own(
  {
    displayName: 'Source',
    name: 'source',
    type: 'options',
    noDataExpression: true,
    options: [
      { name: 'Asset', value: 'asset', description: 'A video that was uploaded before' },
      {
        name: 'File From Input',
        value: 'file',
        description: 'Upload the file in a binary field of the input item, and wait until it is ready',
      },
      { name: 'Public URL', value: 'url', description: 'A direct link to a video' },
    ],
    default: 'file',
    description: 'Where the video comes from',
  },
  choiceOf(SOURCES),
);

export const question = own(
  {
    displayName: 'Question',
    name: 'question',
    type: 'options',
    options: [
      { name: 'Ask Your Own', value: 'custom', description: 'Enter a prompt' },
      { name: 'Chapters', value: 'chapters', description: 'Chapters with title, times and summary' },
      { name: 'Highlights', value: 'highlights', description: 'The most important moments, with times' },
      { name: 'Summary', value: 'summary', description: 'One paragraph about the video' },
      { name: 'Title and Topics', value: 'title_and_topics', description: 'Title, topics and hashtags' },
    ],
    default: 'summary',
    description: 'What to find out about the video',
  },
  choiceOf(QUESTIONS),
);

const OWN = { question: ['custom'] };

/** A JSON schema, as text or as an object from an expression. */
const schema: Read<unknown> = (value, label) => ({
  type: 'json_schema',
  json_schema: typeof value === 'string' ? parseJson(value, label) : value,
});

export const deleteAfterwards = own(
  {
    displayName: 'Delete Asset Afterwards',
    name: 'deleteAsset',
    type: 'boolean',
    default: false,
    description: 'Whether to delete the uploaded asset after the answer',
  },
  flag,
);

export const form: Form = [
  source,
  binaryField({ displayOptions: { show: { source: ['file'] } } }),
  sets('params.video.url', {
    displayName: 'URL',
    name: 'url',
    type: 'string',
    default: '',
    required: true,
    placeholder: 'e.g. https://example.com/video.mp4',
    description: 'A direct link to the video that works without a login',
    displayOptions: { show: { source: ['url'] } },
  }),
  pick('params.video.asset_id', 'assetId', 'Asset', 'searchAssets', {
    displayOptions: { show: { source: ['asset'] } },
  }),
  question,
  sets('params.prompt', {
    displayName: 'Prompt',
    name: 'prompt',
    type: 'string',
    typeOptions: { rows: 4 },
    default: '',
    required: true,
    placeholder: 'e.g. Does the video show a product? Name it and say when.',
    displayOptions: { show: OWN },
  }),
  own(
    {
      displayName: 'Answer As',
      name: 'answerAs',
      type: 'options',
      options: [
        { name: 'JSON', value: 'json', description: 'Fields that you describe by a JSON schema' },
        { name: 'Text', value: 'text', description: 'Free text' },
      ],
      default: 'text',
      displayOptions: { show: OWN },
    },
    choiceOf(['json', 'text']),
  ),
  sets(
    'params.response_format',
    {
      displayName: 'JSON Schema',
      name: 'jsonSchema',
      type: 'json',
      typeOptions: { rows: 8 },
      default:
        '{\n  "type": "object",\n  "properties": {\n    "verdict": { "type": "string", "enum": ["pass", "fail"] },\n    "reason": { "type": "string" }\n  },\n  "required": ["verdict", "reason"]\n}',
      description: 'The fields of the answer',
      displayOptions: { show: { ...OWN, answerAs: ['json'] } },
    },
    schema,
  ),
  group('Options', 'options', [
    sets('params.start_time', {
      displayName: 'Start (Seconds)',
      name: 'startTime',
      type: 'number',
      default: 0,
      description: 'Where the part of the video to analyze starts',
    }),
    sets('params.end_time', {
      displayName: 'End (Seconds)',
      name: 'endTime',
      type: 'number',
      default: 60,
      description: 'Where the part of the video to analyze ends, at least 4 seconds after its start',
    }),
    sets('params.max_tokens', {
      displayName: 'Maximum Tokens',
      name: 'maxTokens',
      type: 'number',
      default: 4096,
      description: 'How long the answer may be',
    }),
    sets('params.temperature', {
      displayName: 'Temperature',
      name: 'temperature',
      type: 'number',
      typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
      default: 0.2,
      description: 'From 0 (the most predictable answer) to 1 (the most varied one)',
    }),
    sets('params.model_name', {
      displayName: 'Model',
      name: 'model',
      type: 'string',
      default: 'pegasus1.5',
      description: 'The model to ask',
    }),
    deleteAfterwards,
  ]),
];
