import { FileReadError, type FileSource, fileFromBase64 } from '@twelvelabs-nodes/core';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { freedYoung } from './young-collection';

/**
 * What n8n's file streams are read in, where the storage allows a choice: 64 KiB cost more system calls, more than this
 * more memory. Measured by `apps/n8n/bench`.
 */
const CHUNK = 128 * 1024;

/** A binary field as core's file, whichever way n8n keeps it. `close` ends every stream that is still open. */
export interface BinaryFile extends FileSource {
  /** Tells files of one execution apart. */
  readonly identity: string;
  close(): void;
}

/** The file in a binary field of that name: streamed from n8n's storage, or decoded piece by piece when it is in memory. */
export async function binaryFile(
  context: IExecuteFunctions,
  data: IBinaryData,
  field: string,
): Promise<BinaryFile> {
  const described = { name: data.fileName || undefined, type: mediaType(data) };
  const { id } = data;
  if (!id) {
    const identity = `${field} ${data.data.length} ${data.fileName ?? ''}`;
    return { ...fileFromBase64(data.data, described), identity, close: () => undefined };
  }
  const size = await sizeOf(context, id);
  const open = new Set<{ destroy(): void }>();
  return {
    ...described,
    identity: id,
    size,
    async *stream() {
      const stream = await context.helpers.getBinaryStream(id, CHUNK);
      open.add(stream);
      try {
        yield* freedYoung(stream as AsyncIterable<Uint8Array>);
      } finally {
        stream.destroy();
        open.delete(stream);
      }
    },
    close() {
      for (const stream of open) stream.destroy();
    },
  };
}

/** n8n writes `text/plain` when it could not tell the type: then core looks at the bytes and the name. */
function mediaType({ mimeType }: IBinaryData): string | undefined {
  return mimeType === 'text/plain' ? undefined : mimeType || undefined;
}

async function sizeOf(context: IExecuteFunctions, id: string): Promise<number> {
  try {
    return (await context.helpers.getBinaryMetadata(id)).fileSize;
  } catch (cause) {
    throw fileGone(cause);
  }
}

function fileGone(cause: unknown): FileReadError {
  return new FileReadError(
    'this file is no longer in the storage of n8n. Run the node that outputs the file again',
    { cause },
  );
}
