import { Readable } from 'node:stream';
import type { ISupplyDataFunctions } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { vectorsOf } from '../nodes/TwelveLabsEmbeddings/vectors';

/** The sub-node; `sent` gets the text of each request, and the platform refuses a text "bad". */
async function node(sent: string[] = []) {
  const send = async ({ body }: { body: { stream(): AsyncIterable<Uint8Array> } }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body.stream()) pieces.push(piece);
    const text = JSON.parse(Buffer.concat(pieces).toString()).text.input_text;
    sent.push(text);
    const answer = text === 'bad' ? { code: 'bad', message: 'no' } : { data: [{ embedding: [0.5] }] };
    return {
      statusCode: text === 'bad' ? 400 : 200,
      headers: {},
      body: Readable.from([Buffer.from(JSON.stringify(answer))], { objectMode: false }),
    };
  };
  const context = {
    getNode: () => ({ id: 'node', name: 'Embeddings' }),
    getExecutionCancelSignal: () => undefined,
    getCredentials: async () => ({ apiKey: 'tlk_unit', baseUrl: 'https://api.example/v1.3' }),
    helpers: { httpRequestWithAuthentication: (_: string, options: never) => send(options) },
  };
  return vectorsOf(context as unknown as ISupplyDataFunctions);
}

it('a text that is a vector of the model stands for itself', async () => {
  const sent: string[] = [];
  const vector = Array.from({ length: 512 }, (_, index) => index / 1e3);
  const { embedQuery, embedDocuments } = await node(sent);
  expect(await embedQuery(` ${JSON.stringify(vector)} `)).toEqual(vector);
  expect(await embedDocuments([JSON.stringify(vector), 'text'])).toEqual([vector, [0.5]]);
  expect(sent).toEqual(['text']);
});

it.each(['[2024]', '[1, 2, 3]', '[1e999]', `[${Array(512).fill('1e999')}]`, '[1,]'])(
  'numbers that are no vector of the model are a text: %.20s',
  async (text) => {
    const sent: string[] = [];
    expect(await (await node(sent)).embedQuery(text)).toEqual([0.5]);
    expect(sent).toEqual([text]);
  },
);

it('a text that is refused stops the others before any is paid for', async () => {
  const sent: string[] = [];
  const vectors = (await node(sent)).embedDocuments(['fine', '', 'x', undefined as never]);
  await expect(vectors).rejects.toThrow(/^Text 2 of 4: must not be empty .*; Text 4 of 4: is required/);
  expect(sent).toEqual([]);
});

it('names the text that the platform refuses', async () => {
  const { embedDocuments, embedQuery } = await node();
  await expect(embedDocuments(['fine', 'bad'])).rejects.toThrow(/^Text 2 of 2: TwelveLabs did not accept/);
  await expect(embedQuery('bad')).rejects.toThrow(/^Text: TwelveLabs did not accept/);
});
