import {
  type INodeType,
  type INodeTypeDescription,
  type ISupplyDataFunctions,
  NodeConnectionTypes,
  type SupplyData,
} from 'n8n-workflow';
import { vectorsOf } from './vectors';

/** A sub-node that n8n's vector stores get their vectors from. */
export class TwelveLabsEmbeddings implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Embeddings TwelveLabs',
    name: 'twelveLabsEmbeddings',
    icon: { light: 'file:../../icons/twelvelabs.svg', dark: 'file:../../icons/twelvelabs.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: 'Marengo',
    description: 'Vectors for a vector store, comparable with those of video, audio and images',
    defaults: { name: 'Embeddings TwelveLabs' },
    codex: { categories: ['AI'], subcategories: { AI: ['Embeddings'] } },
    inputs: [],
    outputs: [NodeConnectionTypes.AiEmbedding],
    outputNames: ['Embeddings'],
    credentials: [{ name: 'twelveLabsApi', required: true }],
    properties: [
      {
        displayName:
          'If the text of a document is already a vector (for example {{ JSON.stringify($json.embedding) }} from Create an embedding), it is stored unchanged. Any other text is embedded.',
        name: 'notice',
        type: 'notice',
        default: '',
      },
    ],
  };

  async supplyData(this: ISupplyDataFunctions): Promise<SupplyData> {
    return { response: await vectorsOf(this) };
  }
}
