import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { type AnswerRule, DefinedAnswers, definedAnswers } from './analysis/defined-answers.ts';
import { Questions } from './analysis/questions.ts';
import { Changes } from './changes.ts';
import { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { type FaultState, Faults } from './faults/faults.ts';
import { type FaultRule, faultRules } from './faults/schema.ts';
import { requireApiKey } from './http/auth.ts';
import { limitRates, RateLimiter } from './http/rate-limit.ts';
import { createServer } from './http/server.ts';
import { InFlight } from './in-flight.ts';
import { AssetJobs } from './jobs/asset-jobs.ts';
import { Downloader } from './jobs/download.ts';
import { Journal, type JournalEntry } from './journal/journal.ts';
import { describeIssues, type EmulatorOptions, parseOptions } from './options.ts';
import { Progress } from './progress.ts';
import { Resets } from './resets.ts';
import { adminRoutes } from './routes/admin.ts';
import { analyzeRoutes } from './routes/analyze.ts';
import { analyzeTaskRoutes } from './routes/analyze-tasks.ts';
import { assetRoutes } from './routes/assets.ts';
import { embedRoutes } from './routes/embed.ts';
import { embedTaskRoutes } from './routes/embed-tasks.ts';
import { entityRoutes } from './routes/entities.ts';
import { entityCollectionRoutes } from './routes/entity-collections.ts';
import { indexedAssetRoutes } from './routes/indexed-assets.ts';
import { indexRoutes } from './routes/indexes.ts';
import { mediaRoutes } from './routes/media.ts';
import { expireUploads, multipartUploadRoutes } from './routes/multipart-uploads.ts';
import { pageDataRoutes, pageRoutes, watchRequests } from './routes/page.ts';
import { searchRoutes } from './routes/search.ts';
import { storageRoutes } from './routes/storage.ts';
import { userMetadataRoutes } from './routes/user-metadata.ts';
import { AssetTable } from './store/assets.ts';
import { openDatabase, transaction } from './store/database.ts';
import { FileStore } from './store/files.ts';
import { createStore } from './store/store.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './store/temporary-folder.ts';
import { UploadTable } from './store/uploads.ts';

/** A running emulator. */
export interface Emulator {
  /** `http://host:port`. */
  readonly url: string;
  /** `url` with `/v1.3`: what clients take as base URL. */
  readonly baseUrl: string;
  /** The first of the accepted keys. */
  readonly apiKey: string;
  readonly dataDir: string;
  readonly port: number;
  /** The journal, oldest first, as a copy. */
  requests(): JournalEntry[];
  /**
   * Adds rules that make requests go wrong; they act in the order given.
   *
   * @throws {TypeError} naming the wrong field, its rule and the shape of what came.
   */
  addFaults(rules: readonly FaultRule[]): void;
  /**
   * Defines answers to questions about videos; of several that match, the newest counts.
   *
   * @throws {TypeError} naming the wrong field, its rule and the shape of what came.
   */
  addAnswers(rules: readonly AnswerRule[]): void;
  /** The rules in force, and how often each matched and acted. */
  faults(): FaultState[];
  /** Forgets assets, uploads, files, journal, faults, rate limits and the clock's offset. */
  reset(): Promise<void>;
  /**
   * Moves the emulator's clock forward by `ms` milliseconds, or back.
   *
   * @throws {TypeError} for more than a hundred years.
   */
  advanceClock(ms: number): void;
  /** Resolves once nothing is being processed: no asset, no indexed asset, no task, no entity. */
  settled(): Promise<void>;
  /** Ends work and connections, and removes the data folder if it was a temporary one. Safe to call again. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an emulator of the platform. Any number can run in one process.
 *
 * @throws {TypeError} when an option is wrong; {Error} when the port is taken or the data folder is in use.
 */
export async function startEmulator(input: EmulatorOptions = {}): Promise<Emulator> {
  const options = parseOptions(input);
  const dataDir =
    options.dataDir === undefined ? makeTemporaryFolder('twelvelabs-emulator-') : resolve(options.dataDir);
  const onError = (error: unknown): void => {
    process.stderr.write(`emulator: ${error instanceof Error ? error.stack : String(error)}\n`);
  };
  let db: ReturnType<typeof openDatabase>;
  try {
    mkdirSync(dataDir, { recursive: true });
    db = openDatabase(join(dataDir, 'emulator.sqlite'));
  } catch (cause) {
    removeTemporaryFolder(dataDir);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `dataDir (EMULATOR_DATA_DIR): must be a folder that this process can write to: ${dataDir}: ${reason}`,
      { cause },
    );
  }
  const clock = new Clock();
  const changes = new Changes(100);
  const assets = new AssetTable(db, changes.signal);
  const files = new FileStore(dataDir, options.limits.storage);
  const uploads = new UploadTable(db);
  const store = createStore(db, changes.signal);
  const progress = new Progress(clock, options.processingMs, changes.signal);
  const downloadMark = randomUUID();
  const downloader = new Downloader(options, files, downloadMark);
  const jobs = new AssetJobs({ options, clock, assets, uploads, files, downloader, onError });
  const journal = new Journal(options.journalSize, options.journalBytes, options.apiKeys);
  const faults = new Faults();
  const answers = new DefinedAnswers();
  const questions = new Questions(changes.signal);
  const resets = new Resets();
  const limiter = options.rateLimit && new RateLimiter(options.rateLimit, clock);

  let origin = '';
  let closing: Promise<void> | undefined;
  const closers = new Set<() => void>();
  const handlers = new InFlight();
  const context: Context = {
    options,
    handlers,
    clock,
    assets,
    uploads,
    store,
    progress,
    files,
    jobs,
    downloader,
    definedAnswers: answers,
    questions,
    journal,
    faults,
    resets,
    downloadMark,
    atomically: (work) => transaction(db, work),
    origin: () => origin,
    closing: () => closing !== undefined,
    onClose(work) {
      closers.add(work);
      return () => closers.delete(work);
    },
    async reset() {
      resets.begin();
      faults.clear();
      answers.clear();
      questions.clear();
      limiter?.reset();
      await jobs.cancelAll();
      uploads.deleteAll();
      assets.deleteAll();
      store.clear();
      progress.reset();
      files.sweep(new Set(), new Set());
      journal.clear();
      clock.reset();
    },
  };

  expireUploads(context);
  files.sweep(assets.ids(), uploads.idsWithChunks());

  const app = createServer(context, onError);
  watchRequests(app, changes);
  app.get('/healthz', async () => ({ status: 'ok' }));
  await app.register(async (scope) => mediaRoutes(scope, context));
  pageRoutes(app);
  await app.register(async (scope) => storageRoutes(scope, context));
  await app.register(
    async (scope) => {
      adminRoutes(scope, context);
      pageDataRoutes(scope, context, changes);
    },
    { prefix: '/_emulator' },
  );
  await app.register(
    async (scope) => {
      requireApiKey(scope, context);
      if (limiter !== undefined) limitRates(scope, limiter);
      assetRoutes(scope, context);
      userMetadataRoutes(scope, context);
      multipartUploadRoutes(scope, context);
      for (const routes of [
        indexRoutes,
        indexedAssetRoutes,
        searchRoutes,
        analyzeRoutes,
        analyzeTaskRoutes,
        embedRoutes,
        embedTaskRoutes,
        entityCollectionRoutes,
        entityRoutes,
      ]) {
        routes(scope, context);
      }
    },
    { prefix: '/v1.3' },
  );

  const release = async (): Promise<void> => {
    await handlers.ended();
    await jobs.cancelAll();
    await downloader.close();
    db.close();
    removeTemporaryFolder(dataDir);
  };
  try {
    await app.listen({ port: options.port, host: options.host });
  } catch (error) {
    await release();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  origin = `http://${urlHost(options.host)}:${port}`;
  for (const asset of assets.unfinished()) void jobs.start(asset);

  const close = async (): Promise<void> => {
    // Requests under way get a moment; then their sockets go, so that no client can keep the process.
    faults.clear();
    for (const work of closers) work();
    const timer = setTimeout(() => app.server.closeAllConnections(), options.closeGraceMs);
    const closed = app.close();
    app.server.closeIdleConnections();
    await closed;
    clearTimeout(timer);
    await release();
  };

  const shutDown = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  return {
    url: origin,
    baseUrl: `${origin}/v1.3`,
    apiKey: options.apiKeys[0] ?? '',
    dataDir,
    port,
    requests: () => journal.entries(),
    addFaults(rules) {
      const parsed = faultRules.safeParse(rules);
      if (!parsed.success) throw new TypeError(`Bad fault rules: ${describeIssues(parsed.error, rules)}`);
      faults.add(parsed.data);
    },
    addAnswers(rules) {
      const parsed = definedAnswers.safeParse(rules);
      if (!parsed.success) throw new TypeError(`Bad answers: ${describeIssues(parsed.error, rules)}`);
      answers.add(parsed.data);
    },
    faults: () => faults.list(),
    reset: () => context.reset(),
    advanceClock: (ms) => clock.advance(ms),
    async settled() {
      await jobs.settled();
      await progress.settled();
    },
    close: shutDown,
    [Symbol.asyncDispose]: shutDown,
  };
}

/** Where clients of a wildcard address reach it; IPv6 in brackets. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}
