import { limitsSection, messageSection, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';
import { createAssetSettings } from '../create-asset/settings.ts';

const { asset, upload } = createAssetSettings.sections;

export const analyzeSettings = {
  type: 'twelvelabs-analyze',
  palette: 'analyze',
  ports: { in: 'video', out: 'answer' },
  sections: {
    question: {
      title: 'Question',
      open: true,
      settings: {
        source: {
          kind: 'source',
          field: 'file',
          icon: 'film',
          label: 'Video',
          hint: 'The video: an asset or its ID, a file as "create asset" takes it, or a URL. The node creates an asset from a file and waits for it.',
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
        schema: {
          kind: 'json',
          icon: 'code',
          label: 'JSON schema',
          hint: 'Return an object of this shape instead of text.',
        },
        stream: {
          kind: 'flag',
          icon: 'align-left',
          label: 'As it arrives',
          hint: 'Send the text piece by piece as it arrives, each piece with msg.partial, and then the whole answer.',
        },
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
        temperature: {
          kind: 'number',
          field: 'temperature',
          icon: 'thermometer-half',
          label: 'Temperature',
          hint: 'From 0, the most predictable answer, to 1.',
        },
        maxTokens: {
          kind: 'number',
          field: 'max_tokens',
          icon: 'text-width',
          label: 'Maximum tokens',
          hint: 'The longest answer. An answer that is cut off is an error.',
        },
        model: {
          kind: 'text',
          field: 'model_name',
          icon: 'cogs',
          label: 'Model',
          hint: 'The name of the model.',
          placeholder: 'as the platform chooses',
        },
      },
    },
    file: {
      title: 'File',
      settings: {
        filename: asset.settings.filename,
        mediaType: asset.settings.mediaType,
        checkContent: upload.settings.checkContent,
        paths: upload.settings.paths,
        maxWait: { ...waiting.maxWait, field: 'wait.maxWait' },
      },
    },
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
