import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { endWithThis } from '@twelvelabs-nodes/emulator/child-processes';
import { Comms } from './comms.ts';
import { credentialsFile, type FlowCredentials } from './credentials-file.ts';
import {
  installInto,
  linkCoreNodes,
  nodeRedScript,
  placeTarball,
  removeFolder,
  USUAL_VERSION,
} from './install.ts';
import { settingsFile } from './settings-file.ts';

const run = promisify(execFile);

/** A node of a flow, as Node-RED stores it. */
export interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

export interface StartOptions {
  flows?: readonly FlowNode[];
  credentials?: FlowCredentials;
  /** `false` turns the encryption of credentials off. Default: a fixed secret. */
  credentialSecret?: string | false;
  /** Node-RED's major version. Default: `NODE_RED_VERSION`, or else 5. */
  version?: 4 | 5;
  /** The Node.js binary. Default: the one running this. */
  nodePath?: string;
  /** Further packages for the user folder; our own nodes come first unless `nodes` is false. */
  packages?: readonly string[];
  nodes?: boolean;
  /** Kept after `stop()` when given; a temporary folder otherwise. */
  userDir?: string;
  /** The user folder was started from before, and stays as it is. */
  prepared?: boolean;
  /** 0 (default) lets the system choose. */
  port?: number;
  host?: string;
  env?: Record<string, string>;
  /** Runs as this user, who then owns the user folder; only root may ask for another than its own. */
  user?: { readonly uid: number; readonly gid: number };
  /** Further Node.js flags, such as `--expose-gc`. */
  nodeArgs?: readonly string[];
  settings?: Record<string, unknown>;
  /** Whether uploads to `http in` are written to the disk, below the user folder; in memory by default. */
  uploadsOnDisk?: boolean;
}

export interface DeployOptions {
  credentials?: FlowCredentials;
  type?: 'full' | 'flows' | 'nodes' | 'reload';
}

/** A real Node-RED in a separate process, with the nodes installed from their packed tarball. */
export class NodeRed implements AsyncDisposable {
  readonly url: string;
  readonly userDir: string;
  /** Milliseconds from the start of the process until its flows ran. */
  readonly startedIn: number;
  /** Resolves with the exit code (or the signal's name) when the process has ended. */
  readonly ended: Promise<number | string>;
  readonly #process: ChildProcess;
  readonly #output: string[];
  readonly #keepUserDir: boolean;

  private constructor({ url, child, output, startedIn }: Launched, userDir: string, keepUserDir: boolean) {
    this.url = url;
    this.startedIn = startedIn;
    this.userDir = userDir;
    this.#process = child;
    this.ended = once(child, 'exit').then(([code, signal]) => code ?? signal);
    this.#output = output;
    this.#keepUserDir = keepUserDir;
  }

  /** Starts Node-RED and resolves once its flows run. @throws {Error} with Node-RED's output when it does not start. */
  static async start(options: StartOptions = {}): Promise<NodeRed> {
    const userDir = options.userDir ?? (await mkdtemp(path.join(tmpdir(), 'twelvelabs-node-red-')));
    try {
      if (!options.prepared) await prepare(userDir, options);
      return new NodeRed(await launch(userDir, options), userDir, options.userDir !== undefined);
    } catch (error) {
      if (!options.userDir) await removeFolder(userDir);
      throw error;
    }
  }

  get pid(): number {
    return this.#process.pid as number;
  }

  /** Everything Node-RED has printed. */
  get log(): string {
    return this.#output.join('');
  }

  /** Whether the process is up: what "the runtime stays up" means in tests. */
  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  request(pathname: string, init?: RequestInit): Promise<Response> {
    return fetch(new URL(pathname, this.url), init);
  }

  /** Calls an `http in` node with JSON and gives the parsed answer. */
  async call<T = unknown>(pathname: string, body: unknown = {}): Promise<T> {
    const response = await this.request(pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await response.json()) as T;
  }

  /** Presses an inject node's button. @param properties override what it sends: name to typed value. */
  async inject(nodeId: string, properties?: readonly { p: string; v: string; vt: string }[]): Promise<void> {
    const response = await this.request(`/inject/${nodeId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(properties ? { __user_inject_props__: properties } : {}),
    });
    if (!response.ok) throw new Error(`Inject ${nodeId} answered ${response.status}`);
  }

  /** Replaces the flows and resolves once the new ones have started. */
  async deploy(
    flows: readonly FlowNode[],
    { credentials, type = 'full' }: DeployOptions = {},
  ): Promise<void> {
    const response = await this.request('/flows', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'node-red-api-version': 'v2',
        'node-red-deployment-type': type,
      },
      body: JSON.stringify(
        type === 'reload' ? {} : { flows: placed(flows), ...(credentials ? { credentials } : {}) },
      ),
    });
    if (!response.ok) throw new Error(`Deploying answered ${response.status}: ${await response.text()}`);
    const { rev } = (await response.json()) as { rev: string };
    await this.deployed(rev);
  }

  /** Resolves once the flows of a revision have started, which is after the deploy was answered. */
  async deployed(revision: string): Promise<void> {
    // The last deployment's notification is told again to everyone who connects.
    await using comms = await Comms.connect(this.url);
    await comms.when(
      ({ topic, data }) =>
        topic === 'notification/runtime-deploy' && (data as { revision?: string }).revision === revision,
    );
  }

  /** Waits until the log has a line that matches, for what Node-RED tells nowhere else. */
  async logged(pattern: RegExp): Promise<void> {
    while (!pattern.test(this.log)) {
      if (!this.running) throw new Error(`Node-RED ended before logging ${pattern}:\n${this.log}`);
      await once(this.#process.stdout as NodeJS.ReadableStream & NodeJS.EventEmitter, 'data');
    }
  }

  /** Ends the process as an operator would, and as a crash would with `SIGKILL`. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.running) {
      this.#process.kill(signal);
      await this.ended;
    }
    if (!this.#keepUserDir) await removeFolder(this.userDir);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }
}

/** Node-RED takes a node without a place on the canvas for a config node, and starts those in an order of its own. */
function placed(flows: readonly FlowNode[]): FlowNode[] {
  return flows.map((node, index) =>
    'wires' in node && !('x' in node)
      ? { ...node, x: 100 + (index % 6) * 180, y: 60 + Math.floor(index / 6) * 60 }
      : node,
  );
}

async function prepare(userDir: string, options: StartOptions): Promise<void> {
  const { credentialSecret = 'kept for tests only', flows = [], credentials = {} } = options;
  const packages = [
    ...(options.nodes === false ? [] : [await placeTarball(userDir)]),
    ...(options.packages ?? []),
  ];
  if (packages.length > 0) await installInto(userDir, packages);
  const settings = settingsFile({
    credentialSecret,
    host: options.host ?? '127.0.0.1',
    port: options.port ?? 0,
    coreNodesDir: await linkCoreNodes(userDir, options.version ?? USUAL_VERSION),
    uploads: options.uploadsOnDisk ? path.join(userDir, 'uploads') : undefined,
    ...(options.settings ? { extra: options.settings } : {}),
  });
  await writeFile(path.join(userDir, 'settings.js'), settings);
  await writeFile(path.join(userDir, 'flows.json'), JSON.stringify(placed(flows), null, 2));
  await writeFile(path.join(userDir, 'flows_cred.json'), credentialsFile(credentials, credentialSecret));
  // A link stays what it is: the one to Node-RED's own nodes leads out of the folder.
  const { user } = options;
  if (user) await run('chown', ['--recursive', '--no-dereference', `${user.uid}:${user.gid}`, userDir]);
}

interface Launched {
  readonly child: ChildProcess;
  readonly output: string[];
  readonly url: string;
  readonly startedIn: number;
}

async function launch(userDir: string, options: StartOptions): Promise<Launched> {
  const args = [
    ...(options.nodeArgs ?? []),
    nodeRedScript(options.version ?? USUAL_VERSION),
    '-u',
    userDir,
    '-s',
    path.join(userDir, 'settings.js'),
  ];
  const begun = performance.now();
  const child = endWithThis(
    spawn(options.nodePath ?? process.execPath, args, {
      cwd: userDir,
      ...options.user,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        NODE_RED_HOME: undefined,
        NODE_OPTIONS: undefined,
        NO_COLOR: '1',
        ...options.env,
      },
    }),
  );
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const port = await started(child, output);
  return {
    child,
    output,
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    startedIn: performance.now() - begun,
  };
}

/** Resolves with the port once the flows run, which Node-RED says after it has begun to listen. */
function started(child: ChildProcess, output: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let port: number | undefined;
    const check = () => {
      if (/Waiting for missing types/.test(output.join(''))) onExit();
      else if (port !== undefined && /Started flows/.test(output.join('')))
        settle(() => resolve(port as number));
    };
    const onMessage = (message: unknown) => {
      port = (message as { port: number }).port;
      check();
    };
    const onExit = () => settle(() => reject(new Error(`Node-RED did not start:\n${output.join('')}`)));
    const onError = (error: Error) => settle(() => reject(error));
    const settle = (then: () => void) => {
      if (port === undefined || /Waiting for missing types/.test(output.join(''))) child.kill('SIGKILL');
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      child.stdout?.off('data', check);
      then();
    };
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.stdout?.on('data', check);
  });
}
