import { createEmbedding, type TwelveLabsClient, ValidationError } from '@twelvelabs-nodes/core';
import { type ISupplyDataFunctions, NodeOperationError } from 'n8n-workflow';
import { twelveLabsClient } from '../host/client';
import { toNodeError } from '../host/errors';

/** What n8n's vector stores ask for vectors: the interface of LangChain's `Embeddings`. */
export interface Vectors {
  embedDocuments(texts: readonly string[]): Promise<number[][]>;
  embedQuery(text: string): Promise<number[]>;
}

/** Numbers in a vector of the model. Source: the API reference of "Create embeddings". */
const DIMENSIONS = 512;

/** Vectors of the account of the node. A text that is a vector already stands for itself. */
export async function vectorsOf(context: ISupplyDataFunctions): Promise<Vectors> {
  const client = await twelveLabsClient(context, 0);
  const embedDocuments = async (texts: readonly string[]) => {
    const known = texts.map(readVector);
    await requireTexts(context, client, texts, known);
    const vectors: number[][] = [];
    // One after the other: a store has many, and the platform limits how many a minute.
    for (const [index, text] of texts.entries())
      vectors.push(known[index] ?? (await embedded(context, client, text, nameOf(texts, index))));
    return vectors;
  };
  return {
    embedDocuments,
    async embedQuery(text) {
      const [vector = []] = await embedDocuments([text]);
      return vector;
    },
  };
}

/** What errors call a text. */
const nameOf = ({ length }: readonly string[], index: number) =>
  length === 1 ? 'Text' : `Text ${index + 1} of ${length}`;

/** The numbers of a text that is a vector, such as `[0.1, 0.2, …]`; a shorter list, such as `[2024]`, is a text. */
function readVector(text: string): number[] | undefined {
  if (!/^\s*\[[\d\s,.eE+-]+\]\s*$/.test(text)) return undefined;
  try {
    const numbers: number[] = JSON.parse(text);
    return numbers.length === DIMENSIONS && numbers.every(Number.isFinite) ? numbers : undefined;
  } catch {
    return undefined;
  }
}

const paramsOf = (input_text: string) => ({ input_type: 'text', text: { input_text } });

/** Each vector is billed: a text that would be refused stops the others before they are sent. */
async function requireTexts(
  context: ISupplyDataFunctions,
  client: TwelveLabsClient,
  texts: readonly string[],
  known: readonly unknown[],
): Promise<void> {
  const issues = [];
  for (const [index, text] of texts.entries()) {
    if (known[index]) continue;
    const found = await client.check(createEmbedding, paramsOf(text), {});
    issues.push(...found.map((issue) => ({ ...issue, field: nameOf(texts, index) })));
  }
  if (issues.length > 0) throw toNodeError(context.getNode(), new ValidationError(issues), 0);
}

async function embedded(
  context: ISupplyDataFunctions,
  client: TwelveLabsClient,
  text: string,
  name: string,
): Promise<number[]> {
  const node = context.getNode();
  const signal = context.getExecutionCancelSignal();
  try {
    const { data } = await client.call(createEmbedding, paramsOf(text), signal ? { signal } : {});
    const [vector] = data;
    if (vector) return vector.embedding;
  } catch (error) {
    const failure = toNodeError(node, error, 0);
    failure.message = `${name}: ${failure.message}`;
    throw failure;
  }
  throw new NodeOperationError(node, `${name}: TwelveLabs returned no vector`);
}
