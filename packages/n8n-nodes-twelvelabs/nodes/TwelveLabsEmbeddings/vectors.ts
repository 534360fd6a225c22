import { createEmbedding, type TwelveLabsClient } from '@twelvelabs-nodes/core';
import { type ISupplyDataFunctions, NodeOperationError } from 'n8n-workflow';
import { twelveLabsClient } from '../host/client';
import { toNodeError } from '../host/errors';

/** What n8n's vector stores ask for vectors: the interface of LangChain's `Embeddings`. */
export interface Vectors {
  embedDocuments(texts: readonly string[]): Promise<number[][]>;
  embedQuery(text: string): Promise<number[]>;
}

/** Vectors of the account of the node. A text that is a vector already stands for itself. */
export async function vectorsOf(context: ISupplyDataFunctions): Promise<Vectors> {
  const client = await twelveLabsClient(context, 0);
  const vectorOf = async (text: string) => readVector(text) ?? (await embedded(context, client, text));
  return {
    // One after the other: a store has many, and the platform limits how many a minute.
    async embedDocuments(texts) {
      const vectors: number[][] = [];
      for (const text of texts) vectors.push(await vectorOf(text));
      return vectors;
    },
    embedQuery: vectorOf,
  };
}

/** The numbers of a text like `[0.1, 0.2]`. */
function readVector(text: string): number[] | undefined {
  if (!/^\s*\[[\d\s,.eE+-]+\]\s*$/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function embedded(context: ISupplyDataFunctions, client: TwelveLabsClient, input_text: string) {
  const node = context.getNode();
  const signal = context.getExecutionCancelSignal();
  try {
    const params = { input_type: 'text', text: { input_text } };
    const { data } = await client.call(createEmbedding, params, signal ? { signal } : {});
    const [vector] = data;
    if (vector) return vector.embedding;
  } catch (error) {
    throw toNodeError(node, error, 0, { input_text: 'Text' });
  }
  throw new NodeOperationError(node, 'TwelveLabs returned no vector for a text');
}
