import { essence, isMediaType, UNKNOWN_TYPE } from '../../media/kind.ts';
import type { FileSource, RequestBody, StreamOptions } from '../../ports.ts';
import { isFileSource } from '../../validation/file-source.ts';
import { type FormFile, formBody } from './form.ts';

/**
 * Parameters as a form: an array repeats its name, an object is sent as JSON, and a file becomes a part with its bytes.
 */
export function formOf(values: Readonly<Record<string, unknown>>): RequestBody {
  const fields: (readonly [string, string])[] = [];
  const files: FormFile[] = [];
  let isSpent = false;
  const onOpen = ({ oneShot }: FileSource) => {
    isSpent ||= oneShot === true;
  };
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (isFileSource(item)) files.push(partOf(name, item, onOpen));
      else if (item !== undefined)
        fields.push([name, typeof item === 'object' ? JSON.stringify(item) : String(item)]);
    }
  }
  return {
    ...formBody(fields, files, randomBoundary()),
    get isSpent() {
      return isSpent;
    },
  };
}

/** Random, so that no file can contain it: a fixed one would let a crafted file add fields of its own. */
export function randomBoundary(): string {
  return `----twelvelabs-nodes-${crypto.randomUUID()}`;
}

/** Characters of a file's name that are sent: file systems have no longer names. */
const LONGEST_NAME = 255;

/** Name and type stand in the head of the part: what would split it is left out. */
function partOf(field: string, file: FileSource, onOpen: (file: FileSource) => void): FormFile {
  const type = essence(file.type);
  return {
    field,
    filename: (file.name ?? field).replace(/[\p{Cc}"\\/]/gu, '_').slice(-LONGEST_NAME),
    type: isMediaType(type) ? type : UNKNOWN_TYPE,
    size: file.size,
    stream: (options?: StreamOptions) => {
      onOpen(file);
      return file.stream(options);
    },
  };
}
