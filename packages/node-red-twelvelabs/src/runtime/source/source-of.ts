import type { CheckContext } from '../operation.ts';
import { type SourceParams, sourceParams } from './source-params.ts';

/**
 * The file or URL that the settings of a node and its message stand for.
 * @param becomesAsset false where the file itself is sent in a request
 */
export async function sourceOf(
  { RED, core, msg, values, origins }: CheckContext,
  becomesAsset = true,
): Promise<SourceParams> {
  const { fileWorkingDirectory } = RED.settings as { fileWorkingDirectory?: string };
  const source = await sourceParams(values.source, {
    core,
    msg,
    method: values.method ?? 'auto',
    mediaType: values.mediaType,
    paths: values.paths ?? 'text',
    checkContent: values.checkContent !== false,
    becomesAsset,
    filename: values.filename,
    workingDirectory: fileWorkingDirectory,
  });
  const origin = origins.get('file');
  if (source.method === 'url' && origin) origins.set('url', origin);
  return source;
}

/** Bytes, when they are known. */
export function sizeOf({ file }: SourceParams): number {
  const { size } = (file ?? {}) as { size?: unknown };
  return typeof size === 'number' ? size : 0;
}
