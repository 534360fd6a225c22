import type { FileSource } from '@twelvelabs-nodes/core';
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { freedYoung } from './young-collection';

/** What n8n's file streams are read in, where the storage allows a choice: 64 KiB costs 20 times the system calls. */
const CHUNK = 512 * 1024;

/** Characters of base64 that are decoded at once; 4 of them are 3 bytes. */
const PIECE = Math.floor(CHUNK / 3) * 4;

/** A binary field as core's file, whichever way n8n keeps it. `close` ends every stream that is still open. */
export interface BinaryFile extends FileSource {
  /** Tells files of one execution apart. */
  readonly identity: string;
  close(): void;
}

/** The file in a binary field: streamed from n8n's storage, or decoded piece by piece when it is in memory. */
export async function binaryFile(context: IExecuteFunctions, data: IBinaryData): Promise<BinaryFile> {
  const described = { name: data.fileName || undefined, type: mediaType(data) };
  const { id } = data;
  if (!id) {
    const identity = `${data.data.length} ${data.fileName ?? ''}`;
    return { ...described, identity, ...inMemory(data.data), close: () => undefined };
  }
  const { fileSize } = await context.helpers.getBinaryMetadata(id);
  const open = new Set<{ destroy(): void }>();
  return {
    ...described,
    identity: id,
    size: fileSize,
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

/** Base64 is decoded in pieces of 3 bytes from 4 characters, so that a file is not in memory twice. */
function inMemory(base64: string): Pick<FileSource, 'size' | 'stream' | 'slice'> {
  const size = Buffer.byteLength(base64, 'base64');
  async function* bytes(start: number, end: number): AsyncGenerator<Uint8Array> {
    for (let offset = start; offset < end; ) {
      const group = Math.floor(offset / 3);
      const piece = Buffer.from(base64.slice(group * 4, group * 4 + PIECE), 'base64');
      const skip = offset - group * 3;
      const part = piece.subarray(skip, Math.min(piece.length, skip + end - offset));
      if (part.length === 0) return;
      yield part;
      offset += part.length;
    }
  }
  return {
    size,
    stream: () => bytes(0, size),
    slice: (start, end) => ({ stream: () => bytes(start, Math.min(end, size)) }),
  };
}
