import {
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
  NodeConnectionTypes,
} from 'n8n-workflow';
import { executeOperation } from './execute';
import { propertiesOf } from './form/properties';
import { searchAssets } from './listSearch/assets';
import { searchCollections } from './listSearch/collections';
import { searchEntities } from './listSearch/entities';
import { searchIndexedAssets } from './listSearch/indexed-assets';
import { searchIndexes } from './listSearch/indexes';
import { DEFAULT_RESOURCE, resources } from './resources';

/** For the apps that fill in the node's forms. */
export { resources };

export class TwelveLabs implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'TwelveLabs',
    name: 'twelveLabs',
    icon: { light: 'file:../../icons/twelvelabs.svg', dark: 'file:../../icons/twelvelabs.dark.svg' },
    group: ['input'],
    version: 1,
    // "getMany: indexedAsset" as "get many: indexed asset"
    subtitle:
      '={{ ($parameter["operation"].replace("getAll", "getMany") + ": " + $parameter["resource"]).replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()) }}',
    description:
      'Summarize videos or ask about them, make them searchable, and upload video, audio and images',
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
        options: resources.map(({ name, value }) => ({ name, value })),
        default: DEFAULT_RESOURCE,
      },
      ...resources.flatMap((resource) => [
        {
          displayName: 'Operation',
          name: 'operation',
          type: 'options' as const,
          noDataExpression: true,
          displayOptions: { show: { resource: [resource.value] } },
          options: resource.operations.map(({ name, value, action, description }) => ({
            name,
            value,
            action,
            description,
          })),
          default: resource.default,
        },
        ...resource.operations.flatMap((operation) => propertiesOf(resource.value, operation)),
      ]),
    ],
  };

  methods = {
    listSearch: { searchAssets, searchCollections, searchEntities, searchIndexedAssets, searchIndexes },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await executeOperation(this);
  }
}
