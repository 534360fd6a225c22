import type {
  Asset,
  AssetEventFilter,
  RequestOptions,
  WatchEvent,
  Watched,
  WatchState,
} from '@twelvelabs-nodes/core';
import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { ConfigNode } from '../../runtime/config-node.ts';
import { type Core, loadCore } from '../../runtime/core.ts';
import { NodeError, type Origins, toNodeError } from '../../runtime/errors.ts';
import type { NodeConfig } from '../../runtime/node-config.ts';
import { limitsOf } from '../../runtime/operation.ts';
import { accountOf } from '../../runtime/problems.ts';
import { resolveSettings } from '../../runtime/settings.ts';
import { shortened, type Translate, timeOfDay } from '../../runtime/status-text.ts';
import { settingsOf } from '../../settings/setting.ts';
import { assetEventsSettings } from './settings.ts';

/** Where the node's context keeps what was reported. */
const STATE = 'watch';
const OTHER_ACCOUNT =
  'The account or its API key changed: the node starts over, and skips the assets that exist now.';
/** Milliseconds. */
const DEFAULT_INTERVAL = 60_000;
const SHORTEST_INTERVAL = 1000;

export interface WatchOptions {
  readonly RED: NodeAPI;
  readonly node: Node;
  readonly config: NodeConfig;
  readonly configNode: ConfigNode | null;
  readonly translate: Translate;
}

/** What the context keeps. Of another account, the watch starts again, as it does with another filter. */
interface Remembered {
  /** Its mark; in contexts saved before accounts had marks, {@link Check.formerAccount}. */
  readonly account: string;
  readonly state: WatchState;
}

/** What one check works with. */
interface Check {
  readonly core: Core;
  readonly account: string;
  /** What the account was called before it had a mark. */
  readonly formerAccount: string;
  readonly watched: Watched<Asset>;
  readonly interval: number;
}

/** Checks an account again and again, and sends what happened since the check before. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> = Promise.resolve();
  /** The error that was reported, and when it first came. */
  #failure: { readonly reason: string; readonly since: string } | undefined;
  #origins: Origins = new Map();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  start(): void {
    this.#checking = this.#check();
  }

  /** Resolves once nothing runs any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    await this.#checking;
  }

  /** Sends the newest asset that matches, as if it were an event. @returns false when there is none, or an error was reported */
  async sendExample(): Promise<boolean> {
    try {
      const { core, watched } = await this.#prepare();
      const example = await core.exampleEvent(watched);
      if (example) this.#send([example]);
      return example !== undefined;
    } catch (thrown) {
      this.#options.node.error(await toNodeError(thrown, this.#origins), {});
      return false;
    }
  }

  async #check(): Promise<void> {
    let interval = DEFAULT_INTERVAL;
    try {
      const check = await this.#prepare();
      interval = check.interval;
      await this.#report(check);
    } catch (thrown) {
      if (this.#stopped.signal.aborted) return;
      this.#fail(await toNodeError(thrown, this.#origins));
    }
    if (this.#stopped.signal.aborted) return;
    this.#timer = setTimeout(() => this.start(), interval);
  }

  async #report({ core, account, formerAccount, watched }: Check): Promise<void> {
    const known = await this.#remembered();
    const isSame = known?.account === account || known?.account === formerAccount;
    if (!isSame || !core.isStateOf(known?.state, watched)) {
      await this.#remember({ account, state: await core.startWatch(watched, Date.now()) });
      if (known && !isSame) this.#options.node.warn(OTHER_ACCOUNT);
      this.#recover();
      return;
    }
    const { events, state } = await core.pollEvents(watched, known.state);
    this.#stopped.signal.throwIfAborted();
    // Remembered first: after a crash in between, an event is missing rather than reported twice.
    await this.#remember({ account, state });
    this.#recover();
    this.#send(events);
  }

  async #prepare(): Promise<Check> {
    const { RED, node, config, configNode } = this.#options;
    const core = await loadCore();
    const settings = settingsOf(assetEventsSettings);
    const { values, origins, issues } = await resolveSettings(
      { core, RED, node, config, msg: { _msgid: '' } },
      settings,
    );
    this.#origins = origins;
    const { account, issues: accountIssues } = await accountOf(core, configNode, config);
    const interval = (values.interval ?? DEFAULT_INTERVAL) as number;
    const problems = [...accountIssues, ...issues];
    if (interval < SHORTEST_INTERVAL)
      problems.push({
        field: 'interval',
        rule: 'range',
        message: 'must be 1 second or more',
        received: `${interval / 1000} seconds`,
      });
    if (!account || problems.length > 0) throw new core.ValidationError(problems);
    const { events, kinds, filename, metadata } = values;
    const options: RequestOptions = { signal: this.#stopped.signal, ...limitsOf(values) };
    const filter: AssetEventFilter = {
      events: (events ?? core.EVENTS) as AssetEventFilter['events'],
      kinds: (kinds ?? []) as AssetEventFilter['kinds'],
      filename: (filename ?? '') as string,
      metadata: metadata as AssetEventFilter['metadata'],
    };
    const assets = {
      listAll: (params: Parameters<typeof account.client.assets.listAll>[0]) =>
        account.client.assets.listAll(params, options),
    };
    const formerAccount = `${configNode?.id} ${configNode?.baseUrl}`;
    const watched = core.watchAssets(assets, filter);
    return { core, account: account.mark, formerAccount, interval, watched };
  }

  #send(events: readonly WatchEvent<Asset>[]): void {
    const { RED, node } = this.#options;
    for (const { event, item: asset } of events) {
      node.send({ _msgid: RED.util.generateId(), topic: event, payload: asset });
      const fill = event === 'failed' ? 'red' : event === 'ready' ? 'green' : 'blue';
      this.#show({ fill, shape: 'dot', text: [event, asset.filename].filter(Boolean).join(' · ') });
    }
  }

  /** An outage is reported when it begins, or when it becomes another; the status says that it goes on. */
  #fail(error: Error): void {
    const reason = error instanceof NodeError ? error.reason : error.message;
    if (this.#failure?.reason !== reason) {
      const since = this.#failure?.since ?? timeOfDay(Date.now());
      this.#failure = { reason, since };
      this.#options.node.error(error, {});
    }
    const text = this.#options.translate('status.since', {
      reason: shortened(reason),
      time: this.#failure.since,
    });
    this.#show({ fill: 'red', shape: 'ring', text });
  }

  #recover(): void {
    if (!this.#failure && this.#hasStatus) return;
    this.#failure = undefined;
    this.#show({ fill: 'grey', shape: 'dot', text: this.#options.translate('status.watching') });
  }

  #hasStatus = false;

  #show(status: NodeStatus): void {
    this.#hasStatus = true;
    this.#options.node.status(status);
  }

  #remembered(): Promise<Remembered | undefined> {
    const context = this.#options.node.context();
    return new Promise((resolve, reject) =>
      context.get(STATE, (error: Error | undefined, value: unknown) =>
        error ? reject(error) : resolve(value as Remembered | undefined),
      ),
    );
  }

  #remember(known: Remembered): Promise<void> {
    const context = this.#options.node.context();
    return new Promise((resolve, reject) =>
      context.set(STATE, known, (error?: Error) => (error ? reject(error) : resolve())),
    );
  }
}
