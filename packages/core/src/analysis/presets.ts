import type { AskParams } from './params.ts';

/** A question that many people have, as parameters: add the video. */
export type AnalysisPreset = Required<Pick<AskParams, 'prompt'>> & Pick<AskParams, 'response_format'>;

export type AnalysisPresetName = 'summary' | 'chapters' | 'highlights' | 'title_and_topics';

const text = (description: string) => ({ type: 'string', description });
const time = (description: string) => ({ type: 'number', description });

/** A JSON object that holds one list. The first property of an object has to be required: all of them are. */
const listOf = (name: string, properties: Readonly<Record<string, unknown>>) => ({
  type: 'json_schema' as const,
  json_schema: {
    type: 'object',
    properties: {
      [name]: {
        type: 'array',
        items: { type: 'object', properties, required: Object.keys(properties) },
      },
    },
    required: [name],
  },
});

/** Questions that many people have, as data. The names of times are those that the platform fills with seconds. */
export const ANALYSIS_PRESETS: Readonly<Record<AnalysisPresetName, AnalysisPreset>> = {
  summary: {
    prompt: 'Summarize this video in one paragraph: what happens, who is in it, and what its message is.',
  },
  chapters: {
    prompt:
      'Divide this video into chapters that cover it from beginning to end without gaps. Give each chapter a short title and a summary of one or two sentences.',
    response_format: listOf('chapters', {
      title: text('A short title'),
      start_time: time('Start of the chapter, in seconds'),
      end_time: time('End of the chapter, in seconds'),
      summary: text('One or two sentences'),
    }),
  },
  highlights: {
    prompt: 'Find the most important or most memorable moments of this video, in order of time.',
    response_format: listOf('highlights', {
      title: text('A short title'),
      start_time: time('Start of the moment, in seconds'),
      end_time: time('End of the moment, in seconds'),
      reason: text('Why this moment stands out'),
    }),
  },
  title_and_topics: {
    prompt: 'Suggest a title for this video, and name its topics and hashtags for publishing it.',
    response_format: {
      type: 'json_schema',
      json_schema: {
        type: 'object',
        properties: {
          title: text('A title of at most ten words'),
          topics: { type: 'array', items: text('A topic') },
          hashtags: { type: 'array', items: text('A hashtag that begins with #') },
        },
        required: ['title', 'topics', 'hashtags'],
      },
    },
  },
};
