import { fileSection, limitsSection, messageSection, split, waiting } from '../../settings/common.ts';
import type { NodeSettings, When } from '../../settings/setting.ts';

const withText: When = { setting: 'inputType', is: ['text', 'text_image'] };
const withMedia: When = { setting: 'inputType', is: ['image', 'text_image', 'audio', 'video'] };
const withTime: When = { setting: 'inputType', is: ['audio', 'video'] };

export const embedSettings = {
  type: 'twelvelabs-embed',
  palette: 'embed',
  sign: { title: 'a vector between axes', path: 'M25 33v14h13M25 47l9-9' },
  ports: { in: 'text or file', out: 'vectors' },
  sections: {
    input: {
      title: 'Input',
      open: true,
      settings: {
        inputType: {
          kind: 'choice',
          field: 'input_type',
          icon: 'cube',
          label: 'Input',
          hint: 'What becomes a vector. Vectors of texts and of media can be compared with each other.',
          options: {
            text: 'text',
            image: 'image',
            text_image: 'text and image',
            audio: 'audio',
            video: 'video',
          },
        },
        text: {
          kind: 'text',
          field: 'input_text',
          when: withText,
          icon: 'font',
          label: 'Text',
          hint: 'The text.',
          value: 'payload',
          type: 'msg',
        },
        source: {
          kind: 'source',
          field: 'media_source',
          when: withMedia,
          offers: ['files', 'assets'],
          icon: 'film',
          label: 'Media',
          hint: 'An asset or its ID, a file as "create asset" takes it, or a URL. A file over 36 MiB, and a stream, becomes an asset first.',
        },
      },
    },
    vectors: {
      title: 'Vectors',
      settings: {
        startTime: {
          kind: 'number',
          field: 'start_sec',
          when: withTime,
          icon: 'step-backward',
          label: 'From (s)',
          hint: 'Embed the part that starts at this second.',
          placeholder: 'beginning',
        },
        endTime: {
          kind: 'number',
          field: 'end_sec',
          when: withTime,
          icon: 'step-forward',
          label: 'To (s)',
          hint: 'Embed the part that ends at this second.',
          placeholder: 'end',
        },
        vectorsOf: {
          kind: 'choices',
          field: 'embedding_option',
          when: withTime,
          icon: 'eye',
          label: 'Vectors of',
          hint: 'Which vectors to return.',
          placeholder: 'chosen by TwelveLabs',
          options: {
            visual: 'what is seen',
            audio: 'what is heard',
            transcription: 'what is said',
          },
        },
        vectorsFor: {
          kind: 'choices',
          field: 'embedding_scope',
          when: withTime,
          icon: 'arrows-h',
          label: 'Vectors for',
          hint: 'Return vectors for each clip, for the whole, or both.',
          placeholder: 'chosen by TwelveLabs',
          options: { clip: 'each clip', asset: 'the whole' },
        },
        long: {
          kind: 'flag',
          when: withTime,
          icon: 'hourglass-half',
          label: 'Over 10 minutes',
          hint: 'Let TwelveLabs work on up to 4 hours of audio or video as a task, and wait for it.',
        },
        maxWait: waiting.maxWait,
        model: {
          kind: 'text',
          field: 'model_name',
          icon: 'cogs',
          label: 'Model',
          hint: 'The name of the model. Vectors of two models cannot be compared.',
          placeholder: 'marengo3.0',
        },
        split,
      },
    },
    file: fileSection,
    limits: limitsSection,
    message: messageSection,
  },
} as const satisfies NodeSettings;
