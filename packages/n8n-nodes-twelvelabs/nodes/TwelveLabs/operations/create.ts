import {
  type CreateAssetParams,
  type CreateOptions,
  ValidationError,
  type WorkflowFit,
} from '@twelvelabs-nodes/core';
import type { IBinaryData, IDataObject } from 'n8n-workflow';
import { binaryFile } from '../../shared/file-source';
import { WORKFLOW_CHOICES, warnOfMisfits } from '../fields/intended-for';
import { metadataPairs, readMetadata } from '../fields/metadata';
import { given, milliseconds, readOptions } from '../fields/options';
import { WAIT_FOR } from '../fields/wait-for';
import type { Call, Operation } from '../operation';

export const create: Operation = {
  value: 'create',
  name: 'Create',
  action: 'Create an asset',
  description: 'Upload a video, audio or image file, or have a public URL fetched',
  labels: {
    file: 'Input Binary Field',
    'file.name': 'File Name',
    url: 'URL',
    method: 'Source',
    filename: 'File Name',
    enable_hls: 'Generate HLS Stream',
    enable_thumbnail: 'Generate Thumbnail',
    user_metadata: 'Metadata',
    upload: 'Upload Strategy',
    once: 'Create Once Key',
    concurrency: 'Chunks at Once',
    checkSize: 'Check File Size',
    timeout: 'Time Limit',
    idleTimeout: 'Idle Time Limit',
    waitUntilReady: 'Wait Until Ready',
    'waitUntilReady.maxWait': 'Wait Time Limit',
    'waitUntilReady.waitFor': 'Wait For',
    intendedFor: 'Intended For',
  },
  properties: [
    {
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
          description: 'Let the platform fetch a direct link to a media file',
        },
      ],
      default: 'direct',
      description: 'Where the video, audio or image comes from',
    },
    {
      displayName: 'Input Binary Field',
      name: 'binaryPropertyName',
      type: 'string',
      default: 'data',
      required: true,
      placeholder: 'e.g. data',
      hint: 'The name of the input field containing the file to upload',
      displayOptions: { show: { method: ['direct'] } },
    },
    {
      displayName: 'URL',
      name: 'url',
      type: 'string',
      default: '',
      required: true,
      placeholder: 'e.g. https://example.com/video.mp4',
      description:
        'A direct link to the file, which the platform can reach. Pages of Google Drive, Dropbox or YouTube are not direct links.',
      displayOptions: { show: { method: ['url'] } },
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      default: {},
      options: [
        {
          displayName: 'Check File Size',
          name: 'checkSize',
          type: 'boolean',
          default: true,
          description:
            'Whether to hold the size against the documented limits before sending. Turn off when the platform takes larger files than this node knows of.',
        },
        {
          displayName: 'Chunks at Once',
          name: 'chunkConcurrency',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 32 },
          default: 4,
          description: 'How many chunks of a multipart upload are sent at the same time',
        },
        {
          displayName: 'Create Once Key',
          name: 'once',
          type: 'string',
          default: '',
          placeholder: 'e.g. {{ $json.orderId }}',
          description:
            'A key of your own for this piece of work. An asset that already carries it is returned instead of creating another, so that a workflow can safely run again.',
        },
        {
          displayName: 'File Name',
          name: 'filename',
          type: 'string',
          default: '',
          placeholder: 'e.g. holiday.mp4',
          description: 'The name of the asset. By default the name of the file or the URL.',
        },
        {
          displayName: 'Generate HLS Stream',
          name: 'enableHls',
          type: 'boolean',
          default: false,
          description: 'Whether the platform makes an HLS playlist and segments (video and audio only)',
        },
        {
          displayName: 'Generate Thumbnail',
          name: 'enableThumbnail',
          type: 'boolean',
          default: false,
          description: 'Whether the platform makes thumbnail images',
        },
        {
          displayName: 'Idle Time Limit (Seconds)',
          name: 'idleTimeout',
          type: 'number',
          typeOptions: { minValue: 1 },
          default: 60,
          description:
            'How long no byte may move before a request is given up. A slow upload may take all day.',
        },
        {
          displayName: 'Intended For',
          name: 'intendedFor',
          type: 'multiOptions',
          options: WORKFLOW_CHOICES,
          default: [],
          description:
            'What you will use the asset for. Waits until it is ready; the output then says whether it meets the requirements.',
        },
        {
          displayName: 'Items at Once',
          name: 'concurrency',
          type: 'number',
          typeOptions: { minValue: 1, maxValue: 32 },
          default: 1,
          description: 'How many items are worked on at the same time',
        },
        {
          displayName: 'Metadata',
          name: 'metadata',
          ...metadataPairs,
          description: 'Labels of your own, stored with the asset',
        },
        {
          displayName: 'Metadata (JSON)',
          name: 'metadataJson',
          type: 'json',
          default: '',
          placeholder: 'e.g. {"campaign": "spring"}',
          description: 'Labels of your own as a flat JSON object of texts, numbers and true/false',
        },
        {
          displayName: 'Time Limit (Minutes)',
          name: 'timeout',
          type: 'number',
          typeOptions: { minValue: 0 },
          default: 60,
          description: 'How long all of it may take, retries and waiting included. No limit by default.',
        },
        {
          displayName: 'Upload Strategy',
          name: 'upload',
          type: 'options',
          options: [
            {
              name: 'Automatic',
              value: 'auto',
              description: 'Multipart when the file is too large for one request',
            },
            { name: 'Direct', value: 'direct', description: 'One request' },
            { name: 'Multipart', value: 'multipart', description: 'In chunks, several at once' },
          ],
          default: 'auto',
          description: 'How a file is sent',
        },
        {
          displayName: 'Wait For',
          name: 'waitFor',
          type: 'multiOptions',
          options: WAIT_FOR,
          default: ['asset'],
          description: 'What to wait for when waiting until the asset is ready',
        },
        {
          displayName: 'Wait Time Limit (Minutes)',
          name: 'maxWait',
          type: 'number',
          typeOptions: { minValue: 1 },
          default: 30,
          description: 'How long to wait until the asset is ready',
        },
        {
          displayName: 'Wait Until Ready',
          name: 'waitUntilReady',
          type: 'boolean',
          default: false,
          description:
            'Whether to wait until the platform has processed the asset, so that the next node can use it',
        },
      ],
    },
  ],
  async run(call) {
    const options = readOptions(call);
    const { context, itemIndex } = call;
    const method = context.getNodeParameter('method', itemIndex) as CreateAssetParams['method'];
    const common = given({
      filename: options.filename as string | undefined,
      enable_hls: options.enableHls as boolean | undefined,
      enable_thumbnail: options.enableThumbnail as boolean | undefined,
      user_metadata: readMetadata(options.metadata, options.metadataJson),
    });
    let fits: WorkflowFit[] = [];
    const settings: CreateOptions = {
      ...createOptions(call, options),
      onWorkflowFit: (found) => {
        fits = found;
        warnOfMisfits(call, found);
      },
    };
    if (method !== 'direct') {
      const source =
        method === 'url' ? { url: context.getNodeParameter('url', itemIndex, '') as string } : {};
      return output(await call.client.create({ method, ...source, ...common }, settings), fits);
    }
    const field = context.getNodeParameter('binaryPropertyName', itemIndex) as string;
    const file = await binaryFile(context, inputFile(call, field));
    try {
      return output(await call.client.create({ method, file, ...common }, settings), fits);
    } finally {
      file.close();
    }
  },
};

/** The binary field, found by n8n's own rules. */
function inputFile({ context, itemIndex }: Call, field: string): IBinaryData {
  try {
    const data = context.helpers.assertBinaryData(itemIndex, field);
    // n8n takes `__proto__` for a field.
    if (typeof data.data === 'string') return data;
  } catch {
    // Said below in the words of the form, with the fields that there are.
  }
  throw missingFile(field, Object.keys(context.getInputData()[itemIndex]?.binary ?? {}));
}

function missingFile(field: unknown, fields: readonly string[]): ValidationError {
  const has =
    fields.length === 0 ? 'no binary field: let a node before this one give it a file' : fields.join(', ');
  const message = 'must be the name of a binary field of the item';
  const received = `${typeof field === 'string' ? `"${field.slice(0, 50)}"` : typeof field}; the item has ${has}`;
  return new ValidationError([{ field: 'file', rule: 'required', message, received }]);
}

function createOptions(call: Call, options: IDataObject): CreateOptions {
  const wait = given({
    maxWait: milliseconds(options.maxWait, 'minutes'),
    waitFor: options.waitFor as CreateWait['waitFor'],
  });
  const intended = options.intendedFor as unknown[] | undefined;
  const waits =
    options.waitUntilReady === true || (options.waitUntilReady === undefined && !!intended?.length);
  return {
    ...call.request,
    onProgress: (progress) => call.onProgress(progress),
    ...given({
      upload: options.upload as CreateOptions['upload'],
      concurrency: options.chunkConcurrency as number | undefined,
      checkSize: options.checkSize as boolean | undefined,
      once: options.once as string | undefined,
      intendedFor: options.intendedFor as CreateOptions['intendedFor'],
      idleTimeout: milliseconds(options.idleTimeout, 'seconds'),
      // 0 is how people write "no limit".
      timeout: options.timeout === 0 ? undefined : milliseconds(options.timeout, 'minutes'),
      waitUntilReady: waits ? wait : (options.waitUntilReady as false | undefined),
    }),
  };
}

type CreateWait = Exclude<CreateOptions['waitUntilReady'], boolean | undefined>;

function output(asset: object, fits: readonly WorkflowFit[]): object[] {
  return [{ ...asset, ...(fits.length > 0 ? { workflow_fit: fits } : {}) }];
}
