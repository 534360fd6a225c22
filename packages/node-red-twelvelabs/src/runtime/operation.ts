import type {
  Asset,
  Checkable,
  RequestOptions,
  TwelveLabsClient,
  ValidationIssue,
} from '@twelvelabs-nodes/core';
import type { NodeAPI, NodeMessageInFlow, NodeStatus } from 'node-red';
import type { NodeSettings } from '../settings/setting.ts';
import type { Core } from './core.ts';
import type { Origin } from './errors.ts';
import type { Phase, Translate } from './status-text.ts';

/** One message and its settings. */
export interface CheckContext {
  readonly RED: NodeAPI;
  readonly core: Core;
  readonly msg: NodeMessageInFlow;
  /** The settings by name, as core takes them; `undefined` where left blank. Core judges them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Cancellation, time limits and the status of retries: to be passed to core with every call. */
  readonly options: RequestOptions;
  /** Core's field to the property that held its value; an operation adds to it where one value may be either. */
  readonly origins: Map<string, Origin>;
  /** What core would refuse, the account's base URL taken into account. Sends nothing. */
  readonly check: (
    operation: Checkable,
    params: unknown,
    options: unknown,
  ) => Promise<readonly ValidationIssue[]>;
}

/** What an operation works with, besides the message. */
export interface OperationContext extends CheckContext {
  readonly client: TwelveLabsClient;
  /** Notes the asset that exists for this message, for whoever wonders after a stop. */
  readonly exists: (assetId: string) => void;
  /** Notes and logs a task that this message waits for, such as `analysis task 6298d6…`: it goes on after a stop. */
  readonly began: (task: string) => void;
  /** Writes a line for whoever operates Node-RED. */
  readonly log: (text: string) => void;
  /** Tells a person, in the log and the debug sidebar, what is worth knowing and no error. */
  readonly warn: (text: string) => void;
  /** Sends a copy of the message with a part of the result, before the message itself. */
  readonly emit: (part: unknown, extra: Readonly<Record<string, unknown>>) => void;
  /** Shows in the node's status what this message is going through. */
  readonly status: (phase: Phase) => void;
  /**
   * Runs `work` when it is this message's turn among those of the account.
   * @param work gets what gives its place back, before a wait that needs none
   * @param bytes that it keeps moving; 0 when unknown or none
   */
  readonly inTurn: <T>(work: (release: () => void) => Promise<T>, bytes?: number) => Promise<T>;
}

/** What an operation returns. */
export interface Outcome {
  /** Goes to the output property of the message. */
  readonly value: unknown;
  /** Further properties of the message. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Sends one message for each item, as a sequence that a Join node puts together again. */
  readonly sequence?: readonly unknown[];
  readonly status: (translate: Translate) => NodeStatus;
}

/** One node type: what it declares, and what it does with a message. */
export interface Operation {
  readonly settings: NodeSettings;
  /**
   * What else is wrong with a message that is refused, so that one error names all. Reads nothing that can be read only
   * once: a stream that stalls would hold the error back.
   */
  readonly check: (context: CheckContext) => Promise<readonly ValidationIssue[]>;
  readonly run: (context: OperationContext) => Promise<Outcome>;
}

/** Only what was given: core tells a missing value from an undefined one in its messages. */
export function defined<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as object;
}

/** The limits of every node, as options of core. */
export function limitsOf({ timeout, idleTimeout, maxElapsed }: CheckContext['values']): RequestOptions {
  return defined<Record<string, unknown>>({
    timeout,
    idleTimeout,
    retry: maxElapsed === undefined ? undefined : { maxElapsed },
  });
}

/** What a field for JSON holds; the editor shows `{}` or `[]` where there is none. */
export function unlessEmpty(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? undefined : value;
}

/** The green dot of an operation that ended well. */
export function done(key: string, values?: Record<string, string | number>): Outcome['status'] {
  return (translate) => ({ fill: 'green', shape: 'dot', text: translate(`status.${key}`, values) });
}

/** The dot for an asset that an operation ended with. */
export function assetStatus(asset: Asset): Outcome['status'] {
  return (translate) => {
    const fill = asset.status === 'ready' ? 'green' : asset.status === 'failed' ? 'red' : 'blue';
    const known = asset.status === 'ready' || asset.status === 'failed' || asset.status === 'processing';
    const state = known ? translate(`status.asset.${asset.status}`) : (asset.status ?? '');
    return {
      fill,
      shape: asset.status === 'processing' ? 'ring' : 'dot',
      text: [state, asset.filename].filter(Boolean).join(' · '),
    };
  };
}
