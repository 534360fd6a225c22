import { Readable } from 'node:stream';
import type { ISupplyDataFunctions } from 'n8n-workflow';
import { expect, it } from 'vitest';
import { vectorsOf } from '../nodes/TwelveLabsEmbeddings/vectors';

/** The sub-node; `sent` gets the text of each request, and the platform refuses a text "bad". */
async function node(sent: string[] = [], refusal = 400) {
  const send = async ({ body }: { body: { stream(): AsyncIterable<Uint8Array> } }) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of body.stream()) pieces.push(piece);
    const text = JSON.parse(Buffer.concat(pieces).toString()).text.input_text;
    sent.push(text);
    const answer = text === 'bad' ? { code: 'bad', message: 'no' } : { data: [{ embedding: [0.5] }] };
    return {
      statusCode: text === 'bad' ? refusal : 200,
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

it.each([
  '[2024]',
  '[1, 2, 3]',
  JSON.stringify(Array(99).fill(0.5)),
  '[1e999]',
  `[${Array(512).fill('1e999')}]`,
  '[1,]',
])('numbers that are no vector of the model are a text: %.20s', async (text) => {
  const sent: string[] = [];
  expect(await (await node(sent)).embedQuery(text)).toEqual([0.5]);
  expect(sent).toEqual([text]);
});

it('a text that is refused stops the others before any is paid for', async () => {
  const sent: string[] = [];
  const vectors = (await node(sent)).embedDocuments(['fine', '', 'x', undefined as never]);
  await expect(vectors).rejects.toThrow(/^Text 2 of 4: must not be empty .*; Text 4 of 4: is required/);
  expect(sent).toEqual([]);
});

it('names the text that the platform refuses', async () => {
  const { embedDocuments, embedQuery } = await node();
  const refused = 'TwelveLabs did not accept the request: no';
  await expect(embedDocuments(['fine', 'bad'])).rejects.toThrow(`${refused} (text 2 of 2)`);
  await expect(embedQuery('bad')).rejects.toThrow(new RegExp(`^${refused}$`));
});

it('names no text where the platform refuses something else', async () => {
  const { embedDocuments } = await node([], 401);
  await expect(embedDocuments(['fine', 'bad'])).rejects.toThrow(/^TwelveLabs did not accept the API key$/);
});

it.each([
  [1024, '1,024'],
  [100, '100'],
])('refuses a vector of another model before any text is paid for: %i numbers', async (length, said) => {
  const sent: string[] = [];
  const vector = JSON.stringify(Array.from({ length }, (_, index) => index / 1e3));
  const message = `is a vector of ${said} numbers. Vectors of this model have 512`;
  const { embedDocuments, embedQuery } = await node(sent);
  await expect(embedDocuments(['fine', vector])).rejects.toThrow(new RegExp(`^Text 2 of 2: ${message}$`));
  await expect(embedQuery(vector)).rejects.toThrow(new RegExp(`^Text: ${message}$`));
  expect(sent).toEqual([]);
});
