import { IncomingMessage } from 'node:http';
import type { NodeMessageInFlow } from 'node-red';

/**
 * Paths of the files that a parser wrote to the disk for the request of a message. Nobody can send a request as part of
 * a message, and all clones of a message share the one it began with.
 */
export function uploadedPaths(msg: NodeMessageInFlow): readonly unknown[] {
  const { req } = msg as { readonly req?: unknown };
  if (!(req instanceof IncomingMessage)) return [];
  const { file, files } = req as { file?: unknown; files?: unknown };
  // multer and others: one, a list, or lists by the field of the form.
  return [file, files, Object.values(files ?? {})]
    .flat(3)
    .map((upload) => (upload as { path?: unknown; filepath?: unknown } | null | undefined) ?? {})
    .flatMap(({ path, filepath }) => [path, filepath]);
}
