import { ANALYSIS_PRESETS } from '@twelvelabs-nodes/core';
import { choiceOf } from '../../../host/check';
import { group, own, sets } from '../../form/field';
import type { Operation } from '../../form/operation';
import { answerFormat } from './answer-format';
import { askAboutVideo, videoFields, videoOptions } from './video';

const question = own(
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
  choiceOf(['summary', 'chapters', 'highlights', 'title_and_topics', 'custom'] as const),
);

const OWN = { question: ['custom'] };

export const analyze: Operation = {
  value: 'analyze',
  name: 'Analyze a Video',
  action: 'Analyze a video',
  description: 'Summarize a video, or ask a question about it: from a file, a URL or an asset',
  form: [
    ...videoFields,
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
    ...answerFormat(OWN),
    group('Options', 'options', videoOptions),
  ],
  async run(call) {
    const { response_format: format, ...asked } = call.form.paramsWithout('video', 'file');
    const preset = call.form.get(question) ?? 'custom';
    const response_format = format ? { response_format: { type: 'json_schema', ...format } } : {};
    const params = { ...(preset === 'custom' ? {} : ANALYSIS_PRESETS[preset]), ...asked, ...response_format };
    const { answer, details } = await askAboutVideo(call, params);
    if (!answer) return [details];
    const { data, json, ...rest } = answer;
    return [{ answer: json ?? data, ...details, ...rest }];
  },
};
