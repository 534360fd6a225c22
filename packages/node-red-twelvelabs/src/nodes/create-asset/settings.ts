import { file, limits, messageSection, once, waiting } from '../../settings/common.ts';
import type { NodeSettings } from '../../settings/setting.ts';

export const createAssetSettings = {
  type: 'twelvelabs-create-asset',
  palette: 'create asset',
  sign: { title: 'a plus sign', path: 'M31 34v12M25 40h12' },
  ports: { in: 'file or URL', out: 'asset' },
  sections: {
    source: {
      title: 'File',
      open: true,
      settings: {
        source: {
          kind: 'source',
          offers: ['files'],
          field: 'file',
          icon: 'film',
          label: 'Source',
          hint: 'The file: its content, its path, a stream, an upload of "http in", or a URL.',
        },
        method: {
          kind: 'choice',
          field: 'method',
          icon: 'exchange',
          label: 'Method',
          hint: 'Automatic takes text that starts with http:// or https:// as a URL, and any other text as a path.',
          options: { auto: 'automatic', direct: 'upload the file', url: 'TwelveLabs fetches a URL' },
        },
        waitUntilReady: {
          kind: 'flag',
          field: 'waitUntilReady',
          icon: 'hourglass-half',
          label: 'Wait until ready',
          hint: 'Send the message on only when TwelveLabs has processed the asset.',
        },
      },
    },
    asset: {
      title: 'Asset',
      settings: {
        filename: file.filename,
        mediaType: file.mediaType,
        enableHls: {
          kind: 'flag',
          field: 'enable_hls',
          icon: 'play-circle-o',
          label: 'HLS stream',
          hint: 'Let TwelveLabs make an HLS stream, to play the video in a browser.',
        },
        enableThumbnail: {
          kind: 'flag',
          field: 'enable_thumbnail',
          icon: 'picture-o',
          label: 'Thumbnail',
          hint: 'Let TwelveLabs make a thumbnail image.',
        },
        metadata: {
          kind: 'json',
          field: 'user_metadata',
          icon: 'tags',
          label: 'Metadata',
          hint: 'Your own keys and values for the asset: text, numbers, true or false.',
        },
        once,
      },
    },
    waiting: {
      title: 'Waiting',
      settings: {
        waitFor: { ...waiting.waitFor, field: 'waitUntilReady.waitFor' },
        maxWait: { ...waiting.maxWait, field: 'waitUntilReady.maxWait' },
        intendedFor: {
          kind: 'choices',
          field: 'intendedFor',
          icon: 'bullseye',
          label: 'Intended for',
          placeholder: 'not checked',
          hint: 'Check, once the asset is ready, whether it meets the requirements of these uses. The answer is in msg.fits.',
          options: {
            search: 'search',
            analysis: 'video analysis',
            entity_search: 'entity search',
            embeddings: 'embeddings',
          },
        },
      },
    },
    upload: {
      title: 'Upload and time limits',
      settings: {
        upload: {
          kind: 'choice',
          field: 'upload',
          icon: 'upload',
          label: 'Upload',
          hint: 'Automatic sends a file over 200 MB in chunks.',
          options: { auto: 'automatic', direct: 'in one request', multipart: 'in chunks' },
        },
        concurrency: {
          kind: 'number',
          field: 'concurrency',
          icon: 'random',
          label: 'Chunks at once',
          hint: 'How many chunks of one file are sent at the same time.',
          placeholder: '4',
        },
        checkContent: file.checkContent,
        checkUrl: file.checkUrl,
        paths: file.paths,
        checkSize: {
          kind: 'flag',
          field: 'checkSize',
          icon: 'balance-scale',
          label: 'Check size',
          hint: 'Refuse a file that is larger than the API reference allows before anything is sent.',
          value: 'true',
        },
        ...limits,
      },
    },
    message: messageSection,
  },
} as const satisfies NodeSettings;
