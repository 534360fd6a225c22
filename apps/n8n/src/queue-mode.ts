import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { createHome, type Home } from './home.ts';
import { type N8nProcess, spawnN8n } from './process.ts';
import { type N8nServer, startN8n, untilReady } from './server.ts';
import { type Service, startPostgres, startRedis } from './services.ts';

export interface QueueModeOptions {
  /** Default 2. */
  readonly workers?: number;
  /** Executions that a worker runs at once; default 2. */
  readonly concurrency?: number;
  readonly port?: number;
  /** Folder that workflows may read files from. */
  readonly filesDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** n8n's own way to scale out: one main, workers, Redis for the queue and PostgreSQL for the rest. */
export interface QueueMode {
  readonly main: N8nServer;
  readonly workers: N8nProcess[];
  readonly home: Home;
  readonly redis: Service;
  readonly postgres: Service;
  /** Starts one more worker. */
  addWorker(): Promise<N8nProcess>;
  stop(): Promise<void>;
}

/** Starts all of it on free ports. Main and workers share the user folder, so that files are streamed, not queued. */
export async function startQueueMode(options: QueueModeOptions = {}): Promise<QueueMode> {
  const { workers: count = 2, concurrency = 2, port, filesDir, env } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const redis = await startRedis();
    stops.push(redis.stop);
    const postgres = await startPostgres();
    stops.push(postgres.stop);
    const home = await createHome({
      binaryMode: 'filesystem',
      ...(filesDir ? { filesDir } : {}),
      env: {
        EXECUTIONS_MODE: 'queue',
        OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
        QUEUE_BULL_REDIS_HOST: '127.0.0.1',
        QUEUE_BULL_REDIS_PORT: String(redis.port),
        DB_TYPE: 'postgresdb',
        DB_POSTGRESDB_HOST: '127.0.0.1',
        DB_POSTGRESDB_PORT: String(postgres.port),
        DB_POSTGRESDB_USER: 'n8n',
        DB_POSTGRESDB_DATABASE: 'n8n',
        ...env,
      },
    });
    stops.push(() => home.remove());
    const main = await startN8n({ home, ...(port === undefined ? {} : { port }) });
    stops.push(() => main.stop());
    const workers: N8nProcess[] = [];
    const addWorker = async () => {
      const health = await reservePort();
      const worker = await spawnN8n(home, ['worker', `--concurrency=${concurrency}`], {
        QUEUE_HEALTH_CHECK_ACTIVE: 'true',
        QUEUE_HEALTH_CHECK_PORT: String(health),
      });
      stops.push(() => worker.stop());
      workers.push(worker);
      await untilReady(`http://127.0.0.1:${health}`, worker, 120_000);
      return worker;
    };
    for (let index = 0; index < count; index++) await addWorker();
    return { main, workers, home, redis, postgres, addWorker, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
