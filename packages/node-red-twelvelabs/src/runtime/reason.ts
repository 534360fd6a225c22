import type { TwelveLabsError, ValidationIssue } from '@twelvelabs-nodes/core';
import type { Core } from './core.ts';

/** The main input of a node: a status need not name it. */
const MAIN: readonly string[] = ['file', 'url', 'asset_id'];

/**
 * What went wrong in the few words that a status has room for: the reason first, no property, no folder.
 * @param labelOf what a person calls a field of core
 */
export function reasonOf(core: Core, error: TwelveLabsError, labelOf: (field: string) => string): string {
  if (error instanceof core.ValidationError) {
    const [first, ...others] = error.issues;
    if (!first) return error.message;
    const reason = MAIN.includes(first.field)
      ? issueReason(first, labelOf(first.field))
      : `${labelOf(first.field)}: ${first.message}`;
    return others.length > 0 ? `${reason} (and ${others.length} more)` : reason;
  }
  if (error instanceof core.AssetFailedError) return error.reason;
  if (error instanceof core.FileReadError) return withoutFolders(error.problem);
  if (error instanceof core.AuthenticationError) return 'the API key was not accepted';
  if (error instanceof core.ApiError)
    return `HTTP ${error.status}: ${error.apiMessage ?? error.apiCode ?? 'an error'}`;
  return error.message;
}

function issueReason({ rule, message, received }: ValidationIssue, label: string): string {
  const name = NAMED_FILE.exec(message)?.[1];
  if (rule === 'exists' && name) return `no such file: ${name}`;
  if (rule === 'kind') return `not a video, audio or image: ${received}`;
  if (rule === 'required') return `${label} has no value`;
  return withoutFolders(message);
}

const NAMED_FILE = /"(?:[^"]*[\\/])?([^"\\/]+)"/;

/** A quoted path keeps its last segment. */
function withoutFolders(text: string): string {
  return text.replace(NAMED_FILE, '"$1"');
}
