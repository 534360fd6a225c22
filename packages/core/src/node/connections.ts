import { AsyncLocalStorage } from 'node:async_hooks';
import type { LookupFunction } from 'node:net';
// As a whole: the Node-RED package also runs on Node.js 22.9, where a named import of what came later would not load.
import nodeTls from 'node:tls';
import { Agent, buildConnector, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import type { Proxies } from './proxies.ts';

type Connector = buildConnector.connector;

/** Milliseconds that an idle connection is kept at most. */
const MAX_IDLE = 10_000;

export interface ConnectionOptions {
  readonly proxies: Proxies;
  /** PEM certificates of authorities that are trusted beside those of Node.js. */
  readonly ca?: string | readonly string[] | undefined;
}

/** Sockets to the platform and to its storage, kept alive between requests. */
export class Connections {
  /** Sockets that are not connected yet: all of them, and those that a request waits for. */
  readonly #connecting = new Set<Destroyable>();
  readonly #waitedFor = new AsyncLocalStorage<Set<Destroyable>>();
  readonly #agents = new Map<string, Dispatcher>();
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** @param lookup name resolution of what is not reached through a proxy */
  dispatcher(way: 'proxy' | 'direct', lookup?: LookupFunction): Dispatcher {
    const key = `${way}${lookup ? ' guarded' : ''}`;
    const known = this.#agents.get(key);
    if (known) return known;
    const agent = this.#agent(way, lookup);
    this.#agents.set(key, agent);
    return agent;
  }

  /**
   * Runs a request. undici looks at the signal only once it is connected, which may take minutes where nothing
   * answers: until then an abort ends the connection itself.
   */
  async use<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const connecting = new Set<Destroyable>();
    const giveUp = () => destroyAll(connecting, 'the request was canceled');
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      return await this.#waitedFor.run(connecting, work);
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  }

  async close(): Promise<void> {
    destroyAll(this.#connecting, 'the connections were closed');
    const agents = [...this.#agents.values()];
    this.#agents.clear();
    await Promise.all(agents.map((agent) => agent.destroy()));
  }

  #agent(way: 'proxy' | 'direct', lookup: LookupFunction | undefined): Dispatcher {
    const { proxies, ca } = this.#options;
    const authorities =
      ca === undefined ? {} : { ca: [...nodeTls.getCACertificates('default'), ...[ca].flat()] };
    // HTTP/1.1 without pipelining: one request a connection at a time, as many connections as there are requests.
    const shared = {
      allowH2: false,
      pipelining: 1,
      // Core watches for progress itself.
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: 0,
      // Servers may offer to hold an idle connection for minutes; nobody needs it for that long.
      keepAliveMaxTimeout: MAX_IDLE,
    };
    const tls = { ...authorities, allowH2: false, timeout: 0 };
    const connect = this.#watched(buildConnector({ ...tls, ...(lookup ? { lookup } : {}) }));
    if (way === 'direct') return new Agent({ ...shared, connect });
    return new EnvHttpProxyAgent({
      ...shared,
      connect,
      httpProxy: proxies.http,
      httpsProxy: proxies.https,
      // Decided before, for each request.
      noProxy: '',
      proxyTls: tls,
      requestTls: tls,
      clientFactory: (origin, options) => this.#pool(origin, options),
      factory: (origin, options) => this.#pool(origin, options),
    });
  }

  #pool(origin: string | URL, options: Pool.Options): Pool {
    const { connect } = options;
    return new Pool(
      origin,
      typeof connect === 'function' ? { ...options, connect: this.#watched(connect) } : options,
    );
  }

  #watched(connect: Connector): Connector {
    return (options, callback) => {
      const sets = [this.#connecting, this.#waitedFor.getStore()];
      const socket: unknown = connect(options, (...outcome) => {
        if (isDestroyable(socket)) for (const set of sets) set?.delete(socket);
        callback(...outcome);
      });
      if (isDestroyable(socket)) for (const set of sets) set?.add(socket);
    };
  }
}

function destroyAll(sockets: ReadonlySet<Destroyable>, reason: string): void {
  for (const socket of sockets) socket.destroy(new Error(`not connected: ${reason}`));
}

interface Destroyable {
  destroy(error: Error): void;
}

function isDestroyable(value: unknown): value is Destroyable {
  return typeof (value as { destroy?: unknown } | null | undefined)?.destroy === 'function';
}
