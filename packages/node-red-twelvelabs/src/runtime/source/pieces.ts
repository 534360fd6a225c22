import type { SourceContext } from './context.ts';
import { fileIssue } from './unusable.ts';

/** Types of `msg.parts` whose items are things of their own, unless an upload widget says in `msg.file` what it sends. */
const COLLECTIONS: readonly unknown[] = ['array', 'object'];

/**
 * `file in` and upload widgets can send a file in pieces, a message each; every piece would become an asset of its own.
 * @throws {ValidationError} for a piece
 */
export function requireWhole(value: unknown, { core, msg }: SourceContext): void {
  const parts = msg.parts as { type?: unknown; count?: unknown } | undefined;
  const bytes = core.asBytes(value);
  if (!parts || parts.count === 1) return;
  const { file } = msg as { file?: unknown };
  const ofWidget = typeof file === 'object' && file !== null && (bytes || typeof value === 'string');
  if (!ofWidget && (!bytes || COLLECTIONS.includes(parts.type))) return;
  const message =
    'is a piece of a file: put a join node before this one, let "file in" send a single Buffer, or use the path in msg.filename as the source';
  throw fileIssue(core, 'whole', message, bytes ? `${bytes.byteLength} bytes of more` : core.shapeOf(value));
}
