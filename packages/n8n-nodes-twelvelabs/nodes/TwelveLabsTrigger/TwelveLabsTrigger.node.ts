import {
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  type IPollFunctions,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { KINDS } from '../TwelveLabs/fields/kinds';
import { pick } from '../TwelveLabs/fields/pick';
import { searchIndexes } from '../TwelveLabs/listSearch/indexes';
import { poll } from './poll';

const indexId = pick('params.index_id', 'indexId', 'Index', 'searchIndexes', {
  displayOptions: { show: { watch: ['index'] } },
});

export class TwelveLabsTrigger implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'TwelveLabs Trigger',
    name: 'twelveLabsTrigger',
    icon: { light: 'file:../../icons/twelvelabs.svg', dark: 'file:../../icons/twelvelabs.dark.svg' },
    group: ['trigger'],
    version: 1,
    subtitle:
      '={{ $parameter["watch"] === "index" ? $parameter["indexEvents"].join(", ") + " in an index" : $parameter["events"].join(", ") }}',
    // n8n shows this sentence for the node and the trigger together.
    description: 'Upload, summarize and search video, audio and images, or start when an asset is ready',
    defaults: { name: 'TwelveLabs Trigger' },
    polling: true,
    inputs: [],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'twelveLabsApi', required: true }],
    properties: [
      {
        displayName: 'Watch',
        name: 'watch',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Assets', value: 'assets', description: 'All assets of the account' },
          {
            name: 'Assets of an Index',
            value: 'index',
            description: 'Assets that are made searchable in one index',
          },
        ],
        default: 'assets',
        description: 'What to watch',
      },
      indexId.property,
      {
        displayName: 'Trigger On',
        name: 'events',
        type: 'multiOptions',
        required: true,
        options: [
          {
            name: 'Asset Created',
            value: 'created',
            description:
              'A file was uploaded or downloaded from a URL; TwelveLabs may still be processing the asset',
          },
          {
            name: 'Asset Failed',
            value: 'failed',
            description: 'TwelveLabs could not process an asset',
          },
          {
            name: 'Asset Ready',
            value: 'ready',
            description: 'TwelveLabs has processed an asset',
          },
        ],
        default: ['ready'],
        displayOptions: { show: { watch: ['assets'] } },
        description:
          'Each event fires once per asset. Assets that already exist when the workflow is first published are skipped.',
      },
      {
        displayName: 'Trigger On',
        name: 'indexEvents',
        type: 'multiOptions',
        required: true,
        options: [
          {
            name: 'Indexed Asset Failed',
            value: 'failed',
            description: 'TwelveLabs could not make an asset searchable',
          },
          { name: 'Indexed Asset Ready', value: 'ready', description: 'An asset can be searched' },
        ],
        default: ['ready'],
        displayOptions: { show: { watch: ['index'] } },
        description:
          'Each event fires once per asset. Assets that are in the index when the workflow is first published are skipped.',
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
            description: 'Only assets with this text in their name, in upper or lower case',
          },
          {
            displayName: 'Kinds',
            name: 'kinds',
            type: 'multiOptions',
            options: KINDS,
            default: [],
            description: 'Only assets of these kinds',
            displayOptions: { show: { '/watch': ['assets'] } },
          },
        ],
      },
    ],
  };

  methods = { listSearch: { searchIndexes } };

  async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
    return await poll(this);
  }
}
