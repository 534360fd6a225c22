import type { TwelveLabsClient } from '@twelvelabs-nodes/core';

/** What exists on the platform before a call. */
export interface Library {
  readonly asset_id: string;
  readonly image_id: string;
  /** An index that contains another video. */
  readonly index_id: string;
}

/**
 * What a request may do when nobody knows whether it arrived: be sent again (the platform knows it by a key), be found by a
 * list, or be reported, because it is billed and cannot be looked for.
 */
export type Repeat = 'keyed' | 'found' | 'reported';

/** A call of the API beyond creating an asset, as core and each host make it. */
export interface ProvenCall {
  readonly name: string;
  /** The request that does the work. */
  readonly request: { readonly method: 'POST'; readonly path: string };
  readonly repeat: Repeat;
  /** Faults, by name, under which this call ends differently from the others, and how. */
  readonly differs?: Readonly<Record<string, string>>;
  readonly core: (client: TwelveLabsClient, library: Library, options: CallOptions) => Promise<unknown>;
  /** Parameters of the n8n node; missing where it has no such operation. */
  readonly n8n?: (library: Library) => Record<string, unknown>;
  /** The Node-RED node and its message; missing where there is no such node. */
  readonly nodeRed?: (library: Library) => {
    readonly type: string;
    readonly payload: unknown;
    readonly settings: Record<string, unknown>;
  };
}

export interface CallOptions {
  readonly idleTimeout?: number;
}

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const prompt = 'What happens?';
const post = (path: string) => ({ method: 'POST', path: `/v1.3/${path}` }) as const;
const scenes = [{ id: 'scene', description: 'A part of the video with the same place' }];
const video = ({ asset_id }: Library) => ({ type: 'asset_id', asset_id }) as const;

export const CALLS: readonly ProvenCall[] = [
  {
    name: 'answer',
    request: post('analyze'),
    repeat: 'reported',
    core: ({ analysis }, library, options) => analysis.analyze({ video: video(library), prompt }, options),
    n8n: ({ asset_id }) => ({
      resource: 'analysis',
      operation: 'analyze',
      source: 'asset',
      assetId: byId(asset_id),
      question: 'custom',
      prompt,
    }),
    nodeRed: ({ asset_id }) => ({
      type: 'twelvelabs-analyze',
      payload: asset_id,
      settings: { prompt },
    }),
  },
  {
    name: 'answer, piece by piece',
    request: post('analyze'),
    repeat: 'reported',
    core: async ({ analysis }, library, options) => {
      let text = '';
      for await (const piece of analysis.stream({ video: video(library), prompt }, options)) text += piece;
      return text;
    },
  },
  {
    name: 'analysis task',
    request: post('analyze/tasks'),
    repeat: 'keyed',
    core: ({ analysis }, library, options) =>
      analysis.analyze(
        {
          video: video(library),
          response_format: { type: 'segment_definitions', segment_definitions: scenes },
        },
        options,
      ),
    n8n: ({ asset_id }) => ({
      resource: 'analysis',
      operation: 'segment',
      source: 'asset',
      assetId: byId(asset_id),
      definitions: { definition: scenes },
    }),
    nodeRed: ({ asset_id }) => ({
      type: 'twelvelabs-analyze',
      payload: asset_id,
      settings: { segments: scenes },
    }),
  },
  {
    name: 'index',
    request: post('indexes'),
    repeat: 'found',
    core: ({ indexes }, _, options) => indexes.getOrCreate('proven', {}, options),
    n8n: () => ({ resource: 'index', operation: 'create', indexName: 'proven' }),
    nodeRed: ({ asset_id }) => ({
      type: 'twelvelabs-index-asset',
      payload: asset_id,
      settings: { index: 'proven' },
    }),
  },
  {
    name: 'indexed asset',
    request: post('indexes/*/indexed-assets'),
    repeat: 'found',
    core: ({ indexedAssets }, { index_id, asset_id }, options) =>
      indexedAssets.create(index_id, { asset_id }, options),
    n8n: ({ index_id, asset_id }) => ({
      resource: 'indexedAsset',
      operation: 'create',
      source: 'asset',
      indexId: byId(index_id),
      assetId: byId(asset_id),
    }),
    nodeRed: ({ index_id, asset_id }) => ({
      type: 'twelvelabs-index-asset',
      payload: asset_id,
      settings: { index: index_id },
    }),
  },
  {
    name: 'search',
    request: post('search'),
    repeat: 'reported',
    core: ({ search }, { index_id }, options) =>
      search.query({ index_id, search_options: ['visual'], query_text: 'video' }, options),
    n8n: ({ index_id }) => ({
      resource: 'search',
      operation: 'query',
      indexId: byId(index_id),
      searchBy: 'text',
      queryText: 'video',
    }),
    nodeRed: ({ index_id }) => ({
      type: 'twelvelabs-search',
      payload: '',
      settings: { index: index_id, query: 'video' },
    }),
  },
  {
    name: 'embedding',
    request: post('embed-v2'),
    repeat: 'reported',
    core: ({ embeddings }, _, options) =>
      embeddings.create({ input_type: 'text', text: { input_text: 'a ball' } }, options),
    n8n: () => ({ resource: 'embedding', operation: 'create', inputType: 'text', text: 'a ball' }),
    nodeRed: () => ({
      type: 'twelvelabs-embed',
      payload: '',
      settings: { inputType: 'text', text: 'a ball' },
    }),
  },
  {
    name: 'embedding task',
    request: post('embed-v2/tasks'),
    repeat: 'reported',
    core: ({ embeddings }, { asset_id }, options) =>
      embeddings.tasks.create({ input_type: 'video', video: { media_source: { asset_id } } }, options),
    n8n: ({ asset_id }) => ({
      resource: 'embedding',
      operation: 'create',
      inputType: 'video',
      source: 'asset',
      assetId: byId(asset_id),
      isLong: true,
    }),
    nodeRed: ({ asset_id }) => ({
      type: 'twelvelabs-embed',
      payload: asset_id,
      settings: { inputType: 'video', long: true },
    }),
  },
  {
    name: 'collection',
    request: post('entity-collections'),
    repeat: 'found',
    core: ({ entityCollections }, _, options) => entityCollections.getOrCreate('proven', {}, options),
    n8n: ({ image_id }) => entity(image_id),
    nodeRed: ({ image_id }) => entityNode(image_id),
  },
  {
    name: 'entity',
    request: post('entity-collections/*/entities'),
    repeat: 'found',
    core: async ({ entityCollections, entities }, { image_id }, options) => {
      const { _id } = await entityCollections.getOrCreate('proven');
      return entities.create(_id, { name: 'Ada', asset_ids: [image_id] }, options);
    },
    n8n: ({ image_id }) => entity(image_id),
    nodeRed: ({ image_id }) => entityNode(image_id),
  },
  {
    name: 'any other request',
    request: post('indexes'),
    repeat: 'reported',
    // An endpoint that nobody here knows may answer with text.
    differs: { 'an HTML page for an answer': 'done' },
    core: (client, _, options) => client.request({ method: 'POST', path: 'indexes', json: anIndex }, options),
    nodeRed: () => ({
      type: 'twelvelabs-request',
      payload: '',
      settings: { method: 'POST', path: '/indexes', body: anIndex },
    }),
  },
];

const anIndex = {
  index_name: 'proven',
  models: [{ model_name: 'marengo3.0', model_options: ['visual', 'audio'] }],
};

const entity = (image_id: string) => ({
  resource: 'entity',
  operation: 'create',
  collectionId: { __rl: true, mode: 'name', value: 'proven' },
  entityName: 'Ada',
  images: 'assets',
  assetIds: image_id,
});

const entityNode = (image_id: string) => ({
  type: 'twelvelabs-entity',
  payload: image_id,
  settings: { action: 'create', collection: 'proven', entityName: 'Ada', images: image_id },
});
