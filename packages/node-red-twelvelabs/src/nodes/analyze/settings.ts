import { fileSection, limits, limitsSection, messageSection, split, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const analyzeSettings = {
  type: 'twelvelabs-analyze',
  palette: 'analyze',
  sign: { title: 'a question mark', path: 'M26 36a4.5 4.5 0 1 1 6.5 4c-1.5.8-2 1.6-2 3M30.5 48h.1' },
  ports: { in: 'video', out: 'answer' },
  sections: {
    question: {
      title: 'Question',
      open: true,
      settings: {
        source: {
          kind: 'source',
          offers: ['files', 'assets'],
          field: 'file',
          icon: 'film',
          label: 'Video',
          hint: 'The video: an asset or its ID, a file as "create asset" takes it, or a URL. The node creates an asset from a file and waits for it. As text, type part of a name to choose a file or one of the newest assets.',
        },
        preset: {
          kind: 'choice',
          icon: 'magic',
          label: 'Ask for',
          hint: 'A question that many people have, or your own question.',
          options: {
            custom: 'my own question',
            summary: 'a summary',
            chapters: 'chapters',
            highlights: 'highlights',
            title_and_topics: 'a title and topics',
          },
        },
        prompt: {
          kind: 'text',
          field: 'prompt',
          icon: 'question-circle-o',
          label: 'Question',
          hint: 'What you want to know about the video. With another choice than "my own question", it replaces the question of that choice.',
          placeholder: 'What happens in this video?',
        },
      },
    },
    answer: {
      title: 'Answer',
      settings: {
        stream: {
          kind: 'flag',
          icon: 'align-left',
          label: 'As it arrives',
          hint: 'Send the text piece by piece as it arrives, each piece with msg.partial, and then the whole answer. A video of more than 8 minutes is answered in one piece.',
        },
        schema: {
          kind: 'json',
          field: 'response_format.json_schema',
          icon: 'code',
          label: 'JSON schema',
          hint: 'Return an object of this shape instead of text.',
        },
        segments: {
          kind: 'json',
          field: 'response_format.segment_definitions',
          icon: 'th-list',
          label: 'Segments',
          hint: 'Return the parts of the video that fit these definitions instead of an answer: a list such as [{"id": "goal", "description": "A goal is scored"}].',
          value: '[]',
        },
        minSegment: {
          kind: 'number',
          field: 'min_segment_duration',
          icon: 'compress',
          label: 'Shortest segment (s)',
          hint: 'With "Segments": no segment is shorter than this, 2 seconds at least.',
          placeholder: 'chosen by TwelveLabs',
        },
        maxSegment: {
          kind: 'number',
          field: 'max_segment_duration',
          icon: 'expand',
          label: 'Longest segment (s)',
          hint: 'With "Segments": no segment is longer than this.',
          placeholder: 'chosen by TwelveLabs',
        },
        split: {
          ...split,
          hint: 'With "Segments": send one message for each segment, as a sequence that a join node can put together again.',
        },
      },
    },
    details: {
      title: 'Clip and model',
      settings: {
        startTime: {
          kind: 'number',
          field: 'start_time',
          icon: 'step-backward',
          label: 'From (s)',
          hint: 'Ask about the part of the video that starts at this second.',
          placeholder: 'beginning',
        },
        endTime: {
          kind: 'number',
          field: 'end_time',
          icon: 'step-forward',
          label: 'To (s)',
          hint: 'Ask about the part of the video that ends at this second.',
          placeholder: 'end',
        },
        images: {
          kind: 'json',
          field: 'prompt_v2.media_sources',
          icon: 'picture-o',
          label: 'Images',
          hint: 'Images that the question names as <@name>: a list such as [{"name": "logo", "asset_id": "…"}], each with asset_id or url.',
          value: '[]',
        },
        model: {
          kind: 'text',
          field: 'model_name',
          icon: 'cogs',
          label: 'Model',
          hint: 'The name of the model.',
          placeholder: 'chosen by TwelveLabs',
        },
        temperature: {
          kind: 'number',
          field: 'temperature',
          icon: 'thermometer-half',
          label: 'Temperature',
          hint: 'From 0, the most predictable answer, to 1.',
          placeholder: 'chosen by TwelveLabs',
        },
        maxTokens: {
          kind: 'number',
          field: 'max_tokens',
          icon: 'text-width',
          label: 'Maximum tokens',
          hint: 'The longest answer.',
          placeholder: 'chosen by TwelveLabs',
        },
        allowPartial: {
          kind: 'flag',
          field: 'allowPartial',
          icon: 'scissors',
          label: 'Accept a cut answer',
          hint: 'Take an answer that was cut off at the maximum tokens as a result instead of an error.',
        },
        maxWait: { ...waiting.maxWait, field: 'wait.maxWait' },
      },
    },
    file: {
      ...fileSection,
      settings: {
        ...fileSection.settings,
        once: {
          ...fileSection.settings.once,
          hint: `${fileSection.settings.once.hint} With a key, each question is also asked only once. TwelveLabs then answers it as a task, and its answer arrives in one piece.`,
        },
      },
    },
    limits: {
      ...limitsSection,
      settings: {
        ...limits,
        idleTimeout: {
          ...limits.idleTimeout,
          hint: `${limits.idleTimeout.hint} Empty: 300 seconds while TwelveLabs computes the answer, 60 seconds otherwise.`,
          placeholder: '300',
        },
      },
    },
    message: messageSection,
  },
} as const satisfies NodeSettings;
