import type { FileReadError, ValidationIssue } from '@twelvelabs-nodes/core';
import { type Core, loadCore } from './core.ts';
import { reasonOf } from './reason.ts';

/** Where a value came from. */
export interface Origin {
  /** The property of the message or of the node: `msg.payload`, `msg.twelvelabs.once`, `once`. */
  readonly property: string;
  /** The same as a person sees it: `msg.payload`, `Create-once key`. */
  readonly label: string;
  /** Whether core's path continues inside the value: `user_metadata.color` is `color` of what the property holds. */
  readonly hasFields: boolean;
  /** Whether it is what the node's own field holds, which nobody may have touched: no reference, no override. */
  readonly isFixed: boolean;
}

/** Where each of core's fields came from: `file` from `msg.payload`, `enable_hls` from `msg.twelvelabs.enableHls`. */
export type Origins = ReadonlyMap<string, Origin>;

export interface PropertyIssue extends ValidationIssue {
  /** The property of the message or of the node that held the value. */
  readonly property?: string;
}

/**
 * What a Catch node sees: `msg.error.message`, `msg.error.code`, and in `msg.error.cause` the details.
 * Node-RED copies `code` and `cause` of an error and nothing else of it.
 */
export class NodeError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;
  /** The same in the few words that a status has room for. */
  readonly reason: string;

  constructor(
    name: string,
    code: string,
    message: string,
    details: Record<string, unknown>,
    reason: string = message,
  ) {
    super(message, { cause: details });
    this.name = name;
    this.code = code;
    this.details = details;
    this.reason = reason;
    // A wrong input is no bug: Node-RED would print a stack of bundled code for every such message.
    this.stack = `${name}: ${message}`;
  }

  /** What Node-RED shows: the reason first, since it cuts long texts. */
  override toString(): string {
    return this.message;
  }
}

/**
 * Turns whatever was thrown into what `done` gets. Errors that are not core's pass through: they are bugs.
 * @param assetIds the assets that exist for the message, also when the error is about something else
 */
export async function toNodeError(
  error: unknown,
  origins: Origins,
  assetIds: readonly string[] = [],
): Promise<Error> {
  const core = await loadCore().catch(() => undefined);
  if (!core?.TwelveLabsError.is(error)) return error instanceof Error ? error : new Error(String(error));
  const { name, code } = error;
  const exists = {
    ...(assetIds.length > 0 ? { assetId: assetIds.at(-1) } : {}),
    ...(assetIds.length > 1 ? { assetIds } : {}),
  };
  const reason = reasonOf(core, error, (field) => labelOf(field, origins));
  if (error instanceof core.FileReadError) {
    const details = { ...exists, ...unreadable(error, originOf('file', origins)) };
    return new NodeError(name, code, withHint(details), details, reason);
  }
  if (error instanceof core.AuthenticationError) {
    const message = `TwelveLabs did not accept the API key. ${error.hint ?? ''} (${error.message})`;
    return new NodeError(name, code, message, { ...exists, ...error.toJSON() }, reason);
  }
  if (!(error instanceof core.ValidationError))
    return new NodeError(name, code, withHint(error), { ...exists, ...error.toJSON() }, reason);
  const { message, hint, ...details } = locate(core, error.issues, origins).toJSON();
  const advice = assetIds.length > 0 ? afterAssets(assetIds) : String(hint);
  const told = withHint({ message: String(message), hint: advice });
  return new NodeError(name, code, told, { ...exists, ...details, message, hint: advice }, reason);
}

/** A validation error says that nothing was sent, which is untrue of a message with several files. */
function afterAssets(ids: readonly string[]): string {
  const pass = 'Correct the named fields, and pass these IDs instead of the files when you run again';
  return `Assets that exist: ${ids.join(', ')}. ${pass}: without a create-once key, the files would become assets once more.`;
}

/** Core says `file: "…" can not be read`. */
function unreadable(error: FileReadError, origin: Origin | undefined) {
  const { message, hint, problem } = error;
  if (!origin) return { ...error.toJSON(), message, hint };
  const { label, property } = origin;
  return { ...error.toJSON(), hint, message: `${label}: ${problem}`, property };
}

/** What happened, and what to do next. */
export function withHint({ message, hint }: { message: string; hint?: string | undefined }): string {
  return hint ? `${message.trimEnd().replace(/\.$/, '')}. ${hint}` : message;
}

/** The issues with the property that held each value; the message names it as a person sees it. */
function locate({ ValidationError }: Core, issues: readonly ValidationIssue[], origins: Origins) {
  const shown = issues.map((issue) => ({ ...issue, field: labelOf(issue.field, origins) }));
  const located = issues.map((issue): PropertyIssue => {
    const origin = originOf(issue.field, origins);
    return origin ? { ...issue, property: origin.property } : issue;
  });
  return Object.assign(new ValidationError(shown), { issues: located });
}

/** A field as a person sees it: `msg.payload`, `Segments[1].description`. */
function labelOf(field: string, origins: Origins): string {
  const name = nameIn(field, origins);
  const origin = origins.get(name);
  if (!origin?.hasFields) return origin?.label ?? field;
  return origin.label + field.slice(name.length).replace(/\.(\d+)(?=\.|$)/g, '[$1]');
}

function originOf(field: string, origins: Origins): Origin | undefined {
  return origins.get(nameIn(field, origins));
}

/** `user_metadata.key` comes from wherever `user_metadata` came from. Empty where nothing is known. */
function nameIn(field: string, origins: Origins): string {
  let name = field;
  while (name && !origins.has(name)) name = name.slice(0, Math.max(0, name.lastIndexOf('.')));
  return name;
}
