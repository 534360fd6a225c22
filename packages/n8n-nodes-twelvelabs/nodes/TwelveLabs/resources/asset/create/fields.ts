import { binaryField } from '../../../fields/binary-field';
import { checkUrl } from '../../../fields/check-url';
import { itemsAtOnce } from '../../../fields/items-at-once';
import { metadata, metadataJson } from '../../../fields/metadata';
import { onceKey } from '../../../fields/once';
import { simplify } from '../../../fields/simplify';
import { intendedFor } from '../../../fields/use-cases';
import { waiting, waitSwitch } from '../../../fields/waiting';
import { type Field, type Form, group, sets } from '../../../form/field';
import { limitInMinutes, minutesOrNone, timeLimit } from '../../../form/units';

const source = sets('params.method', {
  displayName: 'Source',
  name: 'method',
  type: 'options',
  noDataExpression: true,
  options: [
    {
      name: 'File From Input',
      value: 'direct',
      description: 'Upload the file in a binary field of the input item',
    },
    {
      name: 'Public URL',
      value: 'url',
      description: 'Have TwelveLabs download the file from a direct link',
    },
  ],
  default: 'direct',
  description: 'Where the video, audio or image comes from',
});

const file = binaryField({ displayOptions: { show: { method: ['direct'] } } });

const url = sets('params.url', {
  displayName: 'URL',
  name: 'url',
  type: 'string',
  default: '',
  required: true,
  placeholder: 'e.g. https://example.com/video.mp4',
  description:
    'A direct link to the file that works without a login. Share pages of Google Drive, Dropbox or YouTube are not direct links.',
  displayOptions: { show: { method: ['url'] } },
});

export const wait: Field<boolean> = {
  ...waitSwitch(
    'Whether to wait until TwelveLabs has processed the asset, so that the next node can use it',
    false,
  ),
  alsoIn: 'options',
};

export const pairs = metadata({ description: 'Metadata to store with the asset' });

export const json = {
  ...metadataJson({ description: 'Metadata to store with the asset, as a flat object' }, 'nothing'),
  onlyWhereSet: true,
};

const options: readonly Field[] = [
  sets('params.filename', {
    displayName: 'File Name',
    name: 'filename',
    type: 'string',
    default: '',
    placeholder: 'e.g. holiday.mp4',
    description: 'The name of the asset. Default: the name of the file, or the last part of the URL.',
  }),
  pairs,
  json,
  intendedFor,
  onceKey,
  sets('params.enable_hls', {
    displayName: 'Generate HLS Stream',
    name: 'enableHls',
    type: 'boolean',
    default: false,
    description: 'Whether TwelveLabs generates an HLS stream (video and audio only)',
  }),
  sets('params.enable_thumbnail', {
    displayName: 'Generate Thumbnail',
    name: 'enableThumbnail',
    type: 'boolean',
    default: false,
    description: 'Whether TwelveLabs generates thumbnail images',
  }),
];

const advanced: readonly Field[] = [
  ...waiting('waitUntilReady.', '. Applies when the node waits until the asset is ready.'),
  itemsAtOnce,
  sets(
    'options.timeout',
    {
      displayName: 'Time Limit (Minutes)',
      name: 'timeout',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 60,
      description:
        'Stop after this time, retries and waiting included. 0 means no limit, as without this option.',
    },
    limitInMinutes,
  ),
  sets(
    'options.retry.maxElapsed',
    {
      displayName: 'Keep Retrying For (Minutes)',
      name: 'maxElapsed',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 10,
      description:
        'How long to retry a request while TwelveLabs or the network does not respond. 0 means no retry.',
    },
    minutesOrNone,
  ),
  sets(
    'options.idleTimeout',
    {
      displayName: 'Idle Time Limit (Seconds)',
      name: 'idleTimeout',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 60,
      description:
        'Abort a request after this time without any data transfer. A slow upload that keeps moving is never aborted.',
    },
    timeLimit('seconds'),
  ),
  sets('options.checkSize', {
    displayName: 'Check File Size',
    name: 'checkSize',
    type: 'boolean',
    default: true,
    description:
      'Whether to check the size against the documented limits before sending. Turn off if your account accepts larger files.',
  }),
  sets('options.checkContent', {
    displayName: 'Check Content',
    name: 'checkContent',
    type: 'boolean',
    default: true,
    description:
      'Whether to refuse files that are not video, audio or images. Turn off if TwelveLabs accepts kinds of files that this node does not know.',
  }),
  checkUrl,
  sets('options.upload', {
    displayName: 'Upload Strategy',
    name: 'upload',
    type: 'options',
    options: [
      {
        name: 'Automatic',
        value: 'auto',
        description: 'In chunks when the file is too large for one request',
      },
      { name: 'Direct', value: 'direct', description: 'In one request' },
      { name: 'Multipart', value: 'multipart', description: 'In chunks, several in parallel' },
    ],
    default: 'auto',
    description: 'How to send the file',
  }),
  sets('options.concurrency', {
    displayName: 'Chunks at Once',
    name: 'chunkConcurrency',
    type: 'number',
    typeOptions: { minValue: 1, maxValue: 32 },
    default: 4,
    description: 'How many chunks of a multipart upload to send in parallel',
  }),
].map((field) => ({ ...field, alsoIn: 'options' }));

export const form: Form = [
  source,
  file,
  url,
  wait,
  simplify,
  group('Options', 'options', options),
  group('Advanced Options', 'advancedOptions', advanced),
];
