import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { pollAssets } from './poll';

export class TwelveLabsTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'TwelveLabs Trigger',
    name: 'twelveLabsTrigger',
    icon: { light: 'file:../../icons/twelvelabs.svg', dark: 'file:../../icons/twelvelabs.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle: '={{$parameter["events"].join(", ")}}',
    description: 'Starts the workflow when an asset is created, becomes ready or fails',
    defaults: { name: 'TwelveLabs Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'twelveLabsApi', required: true }],
    properties: [
      {
        displayName: 'Trigger On',
        name: 'events',
        type: 'multiOptions',
        required: true,
        options: [
          {
            name: 'Asset Created',
            value: 'created',
            description: 'A file was uploaded or fetched; it may still be processing',
          },
          {
            name: 'Asset Failed',
            value: 'failed',
            description: 'The platform could not process an asset',
          },
          {
            name: 'Asset Ready',
            value: 'ready',
            description: 'The platform has processed an asset',
          },
        ],
        default: ['ready'],
        description:
          'Each happens once for an asset. What exists when the workflow is first activated is no news.',
      },
      {
        displayName: 'Filters',
        name: 'filters',
        type: 'collection',
        placeholder: 'Add filter',
        default: {},
        options: [
          {
            displayName: 'File Name Contains',
            name: 'filename',
            type: 'string',
            default: '',
            placeholder: 'e.g. holiday',
            description: 'Only assets with this in their name, upper or lower case',
          },
          {
            displayName: 'Kinds',
            name: 'kinds',
            type: 'multiOptions',
            options: [
              { name: 'Audio', value: 'audio' },
              { name: 'Image', value: 'image' },
              { name: 'Video', value: 'video' },
            ],
            default: [],
            description: 'Only assets of these kinds',
          },
        ],
      },
    ],
  };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await pollAssets(this);
  }
}
