import type { ResourceName, Subject } from './subject.ts';

/** Shared by every copy of this package in a process, so that errors are recognized across bundles. */
const BRAND = Symbol.for('@twelvelabs-nodes/core/error');

export type ErrorCode =
  | 'validation'
  | 'api'
  | 'authentication'
  | 'rate_limit'
  | 'conflict'
  | 'network'
  | 'timeout'
  | 'aborted'
  | 'asset_failed'
  | 'resource_failed'
  | 'file_read'
  | 'uncertain_outcome'
  | 'unexpected_response'
  | 'upload_session'
  | 'unusable_answer';

export interface ErrorOptions {
  /** What the reader can do next, as one or two sentences. */
  readonly hint?: string | undefined;
  readonly cause?: unknown;
}

/** Every error that core throws extends this one. Messages never contain the API key. */
export abstract class TwelveLabsError extends Error {
  abstract readonly code: ErrorCode;
  readonly hint: string | undefined;
  #subject: Subject | undefined;
  #assetId: string | undefined;

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.hint = options.hint;
    Object.defineProperty(this, BRAND, { value: true });
  }

  /** Whether a value is an error of this library, from whichever copy of it; a foreign error with the same name is not. */
  static is(value: unknown): value is TwelveLabsError {
    return value instanceof Error && BRAND in value;
  }

  /** The kind of thing that this error is about, once it exists on the platform. */
  get resource(): ResourceName | undefined {
    return this.#subject?.resource;
  }

  /** The id of that thing. */
  get id(): string | undefined {
    return this.#subject?.id;
  }

  /** The asset that exists although the call failed. */
  get assetId(): string | undefined {
    return this.#assetId;
  }

  /** Records what this error is about. The first subject stays; the id of an asset is kept beside it. */
  about(subject: Subject): this {
    this.#subject ??= subject;
    if (subject.resource === 'asset') this.#assetId ??= subject.id;
    return this;
  }

  /** Takes over what another error is about, which this one replaces. */
  aboutSameAs(other: TwelveLabsError): this {
    this.#subject ??= other.#subject;
    this.#assetId ??= other.#assetId;
    return this;
  }

  /** Plain details for an output or a log line: no stack, no cause, no secret. */
  toJSON(): Record<string, unknown> {
    const { name, code, message, hint, resource, id, assetId } = this;
    const details = Object.entries({ name, code, message, hint, resource, id, assetId });
    return Object.fromEntries(details.filter(([, value]) => value !== undefined && value !== ''));
  }
}
