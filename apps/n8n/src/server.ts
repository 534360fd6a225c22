import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { reservePort } from '@twelvelabs-nodes/emulator/ports';
import { createHome, type Home, type HomeOptions } from './home.ts';
import { type N8nProcess, spawnN8n } from './process.ts';
import { logIn, type Rest } from './rest.ts';

export interface N8nServer {
  readonly url: string;
  readonly home: Home;
  readonly process: N8nProcess;
  readonly rest: Rest;
  /** Ends the process and, unless the home was given, removes its folder. */
  stop(): Promise<void>;
}

export interface StartOptions extends HomeOptions {
  /** An existing home to start in; it is kept by `stop`. */
  readonly home?: Home;
  /** 0 (default) for a free one. */
  readonly port?: number;
  /** Milliseconds until the start counts as failed; a first start migrates its database. Default 180 000. */
  readonly startTimeout?: number;
}

/** Starts a real n8n server with our package installed and an owner logged in. */
export async function startN8n(options: StartOptions = {}): Promise<N8nServer> {
  const home = options.home ?? (await createHome(options));
  try {
    const port = options.port || (await reservePort());
    const url = `http://127.0.0.1:${port}`;
    const started = await spawnN8n(home, ['start'], { N8N_PORT: String(port) });
    try {
      await untilReady(url, started, options.startTimeout ?? 180_000);
      const rest = await logIn(url);
      const stop = async () => {
        await started.stop();
        if (!options.home) await home.remove();
      };
      return { url, home, process: started, rest, stop };
    } catch (error) {
      await started.stop();
      throw error;
    }
  } catch (error) {
    if (!options.home) await home.remove();
    throw error;
  }
}

/** Waits for `/healthz/readiness`: the database is migrated and the interface is up. */
export async function untilReady(url: string, started: N8nProcess, timeout: number): Promise<void> {
  const end = Date.now() + timeout;
  let exit: number | string | undefined;
  void started.ended.then((code) => {
    exit = code;
  });
  while (Date.now() < end) {
    if (exit !== undefined) throw await notStarted(`n8n ended with ${exit} while starting`, started);
    const ready = await fetch(`${url}/healthz/readiness`, { signal: AbortSignal.timeout(5_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await delay(150);
  }
  throw await notStarted(`n8n was not ready after ${timeout} ms`, started);
}

/** With what it printed last, on its error output as well. */
async function notStarted(what: string, started: N8nProcess): Promise<Error> {
  await started.stop();
  return new Error(`${what}:\n${(await readFile(started.logFile, 'utf8')).slice(-2_000)}`);
}
