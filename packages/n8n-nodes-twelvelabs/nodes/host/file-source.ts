import { FileReadError, type FileSource, fileFromBase64 } from '@twelvelabs-nodes/core';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { requireThat } from './check';
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

/** What n8n's storages are called. Without the id of a file, nothing else is left of one that a node rebuilt. */
const STORED = /^(azure|database|default|filesystem(-v2)?|s3)(:|$)/;

/**
 * The file in a binary field of that name: streamed from n8n's storage, or decoded piece by piece when it is in memory.
 * @throws {ValidationError} when it cannot be one
 */
export async function binaryFile(
  context: IExecuteFunctions,
  data: IBinaryData,
  field: string,
): Promise<BinaryFile> {
  const described = descriptionOf(data, field);
  const { id } = data;
  if (!id) {
    const message = `binary field "${field}" only names a storage of n8n: the ID of the file is missing. Pass the whole binary object on, with its id`;
    requireThat(!STORED.test(data.data), 'file', 'id', message, data.data);
    const identity = `${field} ${data.data.length} ${described.name ?? ''}`;
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

/** Name and type of a file. Nodes of n8n write text, and expressions and Code nodes anything. */
function descriptionOf(data: IBinaryData, field: string): Pick<FileSource, 'name' | 'type'> {
  const text = (property: 'fileExtension' | 'fileName' | 'fileType' | 'mimeType'): string => {
    const value: unknown = data[property] ?? '';
    const isText = typeof value === 'string' || typeof value === 'number';
    requireThat(isText, 'file', 'type', `${property} of binary field "${field}" must be text`, value);
    return String(value);
  };
  const extension = text('fileExtension');
  // n8n could not tell the type: then core looks at the bytes and the name.
  const isGuess = text('mimeType') === 'text/plain';
  // Of a file without a name. An unknown type has an extension as well, which says nothing.
  const usual = /^(|bin|txt)$/i.test(extension) ? '' : `${text('fileType') || 'file'}.${extension}`;
  return {
    name: text('fileName') || usual || undefined,
    type: isGuess ? undefined : text('mimeType') || undefined,
  };
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
