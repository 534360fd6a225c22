import { describe, expect, expectTypeOf, it } from 'vitest';
import type {
  Asset,
  AssetPage,
  AssetsClient,
  Clock,
  CreateAssetParams,
  CreateOptions,
  CreatePlan,
  FileSource,
  HttpRequest,
  HttpResponse,
  ListParams,
  RequestBody,
  RequirementsReport,
  Transport,
  TwelveLabsCredentials,
  TwelveLabsError,
  UploadSession,
  UserMetadata,
  ValidationIssue,
  WaitOptions,
} from '../src/index.ts';
import * as core from '../src/index.ts';
import type { NodeAssetsClient, UndiciTransport } from '../src/node/index.ts';
import * as node from '../src/node/index.ts';

// What these expect of types is checked by `pnpm typecheck`; run, they check that the names exist.
describe('the types of the public API', () => {
  it('create takes parameters by the names of the document, and gives an asset', () => {
    type Create = AssetsClient['create'];
    expectTypeOf<Create>().parameter(0).toEqualTypeOf<CreateAssetParams>();
    expectTypeOf<Create>().parameter(1).toEqualTypeOf<CreateOptions | undefined>();
    expectTypeOf<Create>().returns.resolves.toEqualTypeOf<Asset>();
    expectTypeOf<CreateAssetParams['method']>().toEqualTypeOf<'direct' | 'url'>();
    expectTypeOf<CreateAssetParams['enable_hls']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<CreateAssetParams['user_metadata']>().toEqualTypeOf<UserMetadata | undefined>();
    expectTypeOf<UserMetadata[string]>().toEqualTypeOf<string | number | boolean>();
    expectTypeOf<{ method: 'direct'; file: FileSource }>().toExtend<CreateAssetParams>();
    expectTypeOf<{ method: 'url'; url: string }>().toExtend<CreateAssetParams>();
    expectTypeOf<{ method: 'multipart' }>().not.toExtend<CreateAssetParams>();
    expectTypeOf<{ file: FileSource }>().not.toExtend<CreateAssetParams>();
    expectTypeOf<{ method: 'url'; url: URL }>().not.toExtend<CreateAssetParams>();
  });

  it("takes the web's files, Node's blobs and streams of either sort", () => {
    expectTypeOf<File>().toExtend<FileSource>();
    expectTypeOf<Blob>().toExtend<FileSource>();
    expectTypeOf<import('node:buffer').Blob>().toExtend<FileSource>();
    expectTypeOf<{ stream(): AsyncGenerator<Uint8Array> }>().toExtend<FileSource>();
    expectTypeOf<{ stream(): import('node:stream').Readable }>().toExtend<FileSource>();
    expectTypeOf<Uint8Array>().not.toExtend<FileSource>();
    expectTypeOf<string>().not.toExtend<FileSource>();
  });

  it('options are optional, one by one and as a whole', () => {
    expectTypeOf<Record<never, never>>().toExtend<CreateOptions>();
    expectTypeOf<CreateOptions['upload']>().toEqualTypeOf<'auto' | 'direct' | 'multipart' | undefined>();
    expectTypeOf<CreateOptions['waitUntilReady']>().toEqualTypeOf<boolean | WaitOptions | undefined>();
    expectTypeOf<CreateOptions['resume']>().toEqualTypeOf<UploadSession | undefined>();
    expectTypeOf<NonNullable<CreateOptions['onProgress']>>().parameter(0).toHaveProperty('sent').toBeNumber();
    // A field that is there and undefined is as good as none: hosts build options from inputs left empty.
    expectTypeOf<{
      signal: undefined;
      timeout: undefined;
      onProgress: undefined;
    }>().toExtend<CreateOptions>();
  });

  it('an upload session is plain JSON', () => {
    type Plain = string | number | undefined | { [key: string]: Plain };
    const session = {} as UploadSession;
    const plain: Plain = session;
    expect(plain).toBe(session);
  });

  it('assets keep what nobody knows yet', () => {
    expectTypeOf<Asset['_id']>().toBeString();
    expectTypeOf<Asset['a_field_of_next_year']>().toBeUnknown();
    expectTypeOf<'archived'>().toExtend<Asset['status']>();
    expectTypeOf<AssetPage['data']>().toEqualTypeOf<Asset[]>();
  });

  it('the other calls', () => {
    expectTypeOf<AssetsClient['retrieve']>().returns.resolves.toEqualTypeOf<Asset>();
    expectTypeOf<AssetsClient['waitUntilReady']>().returns.resolves.toEqualTypeOf<Asset>();
    expectTypeOf<AssetsClient['delete']>().returns.resolves.toBeVoid();
    expectTypeOf<AssetsClient['list']>().parameter(0).toEqualTypeOf<ListParams | undefined>();
    expectTypeOf<AssetsClient['list']>().returns.resolves.toEqualTypeOf<AssetPage>();
    expectTypeOf<AssetsClient['listAll']>().returns.toExtend<AsyncIterable<Asset>>();
    expectTypeOf<AssetsClient['plan']>().returns.resolves.toEqualTypeOf<CreatePlan>();
    expectTypeOf<AssetsClient['updateUserMetadata']>()
      .parameter(1)
      .toEqualTypeOf<Record<string, string | number | boolean | null>>();
    expectTypeOf<AssetsClient['replaceUserMetadata']>().parameter(1).toEqualTypeOf<UserMetadata>();
    expectTypeOf(core.buildCreateAssetRequest).returns.toEqualTypeOf<HttpRequest>();
    expectTypeOf(core.checkRequirements).returns.toEqualTypeOf<RequirementsReport>();
    expectTypeOf(core.parseCredentials).returns.toEqualTypeOf<TwelveLabsCredentials>();
    expectTypeOf<RequirementsReport['fits']>().toEqualTypeOf<boolean | 'unknown'>();
  });

  it('errors narrow by class, by brand and by code', () => {
    const error: unknown = new core.ValidationError([]);
    if (core.TwelveLabsError.is(error)) expectTypeOf(error).toEqualTypeOf<TwelveLabsError>();
    if (error instanceof core.RateLimitError) {
      expectTypeOf(error.retryAfter).toEqualTypeOf<number | undefined>();
      expectTypeOf<typeof error.code>().toEqualTypeOf<'rate_limit'>();
      expectTypeOf(error).toExtend<core.ApiError>();
    }
    expectTypeOf<core.ValidationError['issues']>().toEqualTypeOf<readonly ValidationIssue[]>();
    expectTypeOf<core.WaitTimeoutError>().toExtend<core.TimeoutError>();
    expectTypeOf<core.WaitTimeoutError['assetId']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<core.AssetFailedError['asset']>().toEqualTypeOf<Asset>();
    expectTypeOf<core.UncertainOutcomeError['candidates']>().items.toHaveProperty('_id').toBeString();
  });

  it('ports are what a host implements', () => {
    expectTypeOf<Transport['send']>().parameters.toEqualTypeOf<[HttpRequest, AbortSignal]>();
    expectTypeOf<Transport['send']>().returns.resolves.toEqualTypeOf<HttpResponse>();
    expectTypeOf<Clock>().toHaveProperty('sleep').returns.resolves.toBeVoid();
    expectTypeOf<RequestBody['size']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<typeof core.AssetsClient>().toBeConstructibleWith({
      transport: node.undiciTransport({ apiKey: 'k' }),
      clock: node.systemClock,
    });
  });

  it('those of the Node entry', () => {
    expectTypeOf(node.fileFromPath).returns.resolves.toEqualTypeOf<FileSource>();
    expectTypeOf(node.fileFromBuffer).parameter(0).toExtend<ArrayBufferLike | ArrayBufferView>();
    expectTypeOf(node.createNodeAssetsClient).returns.toEqualTypeOf<NodeAssetsClient>();
    expectTypeOf<NodeAssetsClient>().toExtend<AssetsClient>();
    expectTypeOf<UndiciTransport>().toExtend<Transport & AsyncDisposable>();
  });
});

describe('the exports', () => {
  it('of the pure entry', () => {
    expect(Object.keys(core).sort()).toMatchInlineSnapshot(`
      [
        "ANALYSIS_PRESETS",
        "AbortedError",
        "ApiError",
        "AssetFailedError",
        "AssetsClient",
        "AuthenticationError",
        "ConflictError",
        "CreateLedger",
        "DEFAULT_BASE_URL",
        "DEFAULT_EMBEDDING_MODEL",
        "DEFAULT_INDEX_MODELS",
        "DEFAULT_RETRY",
        "EVENTS",
        "FileReadError",
        "LONGEST_SYNC",
        "MAX_INLINE_BYTES",
        "NetworkError",
        "ONCE_METADATA_FIELD",
        "ONCE_WINDOW",
        "Pool",
        "RateLimitError",
        "ResourceFailedError",
        "SIZE_LIMITS",
        "TimeoutError",
        "TwelveLabsClient",
        "TwelveLabsError",
        "USE_CASES",
        "UncertainOutcomeError",
        "UnexpectedResponseError",
        "UnusableAnswerError",
        "UploadSessionError",
        "ValidationError",
        "WaitTimeoutError",
        "accountMark",
        "addEntityAssets",
        "analyze",
        "answerOf",
        "asBytes",
        "asset",
        "buildCreateAssetRequest",
        "checkRequirements",
        "createAnalysisTask",
        "createAsset",
        "createAssetParams",
        "createEmbedding",
        "createEmbeddingTask",
        "createEntity",
        "createEntityCollection",
        "createIndex",
        "createIndexedAsset",
        "credentials",
        "decodeBase64",
        "deleteAnalysisTask",
        "deleteAsset",
        "deleteEntity",
        "deleteEntityCollection",
        "deleteIndex",
        "deleteIndexedAsset",
        "deleteUserMetadata",
        "exampleEvent",
        "excerpt",
        "fileFromBase64",
        "fileFromBuffer",
        "formatBytes",
        "formatSrt",
        "formatWebVtt",
        "getOrCreateEntityCollection",
        "getOrCreateIndex",
        "isLoopback",
        "isStateOf",
        "isTemporary",
        "listAllAnalysisTasks",
        "listAllAssets",
        "listAllEmbeddingTasks",
        "listAllEntities",
        "listAllEntityCollections",
        "listAllIndexedAssets",
        "listAllIndexes",
        "listAnalysisTasks",
        "listAssets",
        "listEmbeddingTasks",
        "listEntities",
        "listEntityCollections",
        "listIndexedAssets",
        "listIndexes",
        "listIndexingsOfAsset",
        "listParams",
        "masked",
        "mentionOf",
        "parseCredentials",
        "parseUseCases",
        "planAsset",
        "pollEvents",
        "problemOf",
        "readAnswer",
        "removeEntityAssets",
        "replaceUserMetadata",
        "retrieveAnalysisTask",
        "retrieveAsset",
        "retrieveEmbeddingTask",
        "retrieveEntity",
        "retrieveEntityCollection",
        "retrieveIndex",
        "retrieveIndexedAsset",
        "retrieveSearchPage",
        "retrieveTranscript",
        "search",
        "searchAll",
        "sendAnyRequest",
        "shapeOf",
        "startWatch",
        "streamAnalysis",
        "updateEntity",
        "updateEntityCollection",
        "updateIndex",
        "updateIndexedAsset",
        "updateUserMetadata",
        "userMetadata",
        "userMetadataUpdate",
        "waitForAnalysisTask",
        "waitForEmbeddingTask",
        "waitForEntity",
        "waitForIndexedAsset",
        "waitUntilReady",
        "watchAssets",
        "watchIndexedAssets",
      ]
    `);
  });

  it('of the Node entry', () => {
    expect(Object.keys(node).sort()).toMatchInlineSnapshot(`
      [
        "NodeAssetsClient",
        "NodeTwelveLabsClient",
        "createNodeAssetsClient",
        "createTwelveLabsClient",
        "fileFromBuffer",
        "fileFromPath",
        "systemClock",
        "undiciTransport",
        "userAgentOf",
      ]
    `);
  });
});
