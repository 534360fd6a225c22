import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { executeOperation } from './execute';
import { searchAssets } from './listSearch/search-assets';
import { propertiesOf } from './operation';
import { assetOperations } from './operations';

export class TwelveLabs implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'TwelveLabs',
    name: 'twelveLabs',
    icon: { light: 'file:../../icons/twelvelabs.svg', dark: 'file:../../icons/twelvelabs.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Upload video, audio and images to TwelveLabs and manage them',
    defaults: { name: 'TwelveLabs' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'twelveLabsApi', required: true }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Asset', value: 'asset' }],
        default: 'asset',
      },
      {
        displayName: 'Operation',
        name: 'operation',
        type: 'options',
        noDataExpression: true,
        displayOptions: { show: { resource: ['asset'] } },
        options: assetOperations.map(({ name, value, action, description }) => ({
          name,
          value,
          action,
          description,
        })),
        default: 'create',
      },
      ...assetOperations.flatMap((operation) => propertiesOf('asset', operation)),
    ],
  };

  methods = { listSearch: { searchAssets } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await executeOperation(this);
  }
}
