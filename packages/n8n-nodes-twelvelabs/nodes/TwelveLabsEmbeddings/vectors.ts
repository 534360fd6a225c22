import {
  ApiError,
  createEmbedding,
  shapeOf,
  type TwelveLabsClient,
  ValidationError,
  type ValidationIssue,
} from '@twelvelabs-nodes/core';
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

/** From this many numbers on, a list is a vector. A shorter one, such as `[2024]`, is a text. */
const LEAST = 100;

/** Vectors of the account of the node. A text that is a vector already stands for itself. */
export async function vectorsOf(context: ISupplyDataFunctions): Promise<Vectors> {
  const client = await twelveLabsClient(context, 0);
  const embedDocuments = async (texts: readonly string[]) => {
    const known = texts.map(readVector);
    await requireTexts(context, client, texts, known);
    const vectors: number[][] = [];
    // One after the other: a store has many, and the platform limits how many a minute.
    for (const [index, text] of texts.entries()) {
      const place = texts.length === 1 ? '' : ` (text ${index + 1} of ${texts.length})`;
      vectors.push(known[index] ?? (await embedded(context, client, text, place)));
    }
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

/** What errors that are about a text call it. */
const nameOf = ({ length }: readonly string[], index: number) =>
  length === 1 ? 'Text' : `Text ${index + 1} of ${length}`;

/** The numbers of a text that is a vector, such as `[0.1, 0.2, …]`. */
function readVector(text: string): number[] | undefined {
  if (!/^\s*\[[\d\s,.eE+-]+\]\s*$/.test(text)) return undefined;
  try {
    const numbers: number[] = JSON.parse(text);
    return numbers.length >= LEAST && numbers.every(Number.isFinite) ? numbers : undefined;
  } catch {
    return undefined;
  }
}

const paramsOf = (input_text: string) => ({ input_type: 'text', text: { input_text } });

const count = (number: number) => number.toLocaleString('en-US');

/** What is wrong with a vector: as a text, it would be billed, and mean nothing. */
function vectorIssues(text: string, { length }: readonly number[]): Omit<ValidationIssue, 'field'>[] {
  if (length === DIMENSIONS) return [];
  const message = `is a vector of ${count(length)} numbers. Vectors of this model have ${count(DIMENSIONS)}`;
  return [{ rule: 'dimensions', message, received: shapeOf(text) }];
}

/** Each vector is billed: a text that would be refused stops the others before they are sent. */
async function requireTexts(
  context: ISupplyDataFunctions,
  client: TwelveLabsClient,
  texts: readonly string[],
  known: readonly (readonly number[] | undefined)[],
): Promise<void> {
  const issues = [];
  for (const [index, text] of texts.entries()) {
    const vector = known[index];
    const found = vector
      ? vectorIssues(text, vector)
      : await client.check(createEmbedding, paramsOf(text), {});
    issues.push(...found.map((issue) => ({ ...issue, field: nameOf(texts, index) })));
  }
  if (issues.length > 0) throw toNodeError(context.getNode(), new ValidationError(issues), 0);
}

/** @param place says in errors which of several texts it is */
async function embedded(
  context: ISupplyDataFunctions,
  client: TwelveLabsClient,
  text: string,
  place: string,
): Promise<number[]> {
  const node = context.getNode();
  const signal = context.getExecutionCancelSignal();
  try {
    const { data } = await client.call(createEmbedding, paramsOf(text), signal ? { signal } : {});
    const [vector] = data;
    if (vector) return vector.embedding;
  } catch (error) {
    const failure = toNodeError(node, error, 0);
    if (error instanceof ApiError && [400, 422].includes(error.status)) failure.message += place;
    throw failure;
  }
  throw new NodeOperationError(node, `TwelveLabs returned no vector${place}`);
}
