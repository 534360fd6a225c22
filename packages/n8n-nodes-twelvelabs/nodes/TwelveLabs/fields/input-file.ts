import type { IBinaryData } from 'n8n-workflow';
import { issuesOf, requireThat } from '../../host/check';
import { type BinaryFile, binaryFile } from '../../host/file-source';
import type { Call } from '../form/operation';
import { BINARY_FIELD } from './binary-field';

/**
 * The file in a binary field of the item, found by n8n's own rules; without one, a problem of the form. The default name
 * can only mean the only file of an item, whatever its name: forms and other nodes call theirs differently.
 * @param field the name of the binary field, or what an expression gave in its place
 */
export async function inputFile(call: Call, field: unknown): Promise<BinaryFile | undefined> {
  const { context, itemIndex, form } = call;
  const binary = context.getInputData()[itemIndex]?.binary ?? {};
  const [only, ...others] = Object.keys(binary);
  const isOther = field === BINARY_FIELD && only !== undefined && others.length === 0;
  const name = isOther ? only : field;
  const data = found(call, name);
  try {
    requireThat(data !== undefined, 'file', 'required', problemOf(field, binary), field);
    return await binaryFile(context, data, String(name));
  } catch (error) {
    // A form with several files is checked as a whole before each of them is read.
    const known = new Set(form.issues.map(({ message }) => message));
    form.issues.unshift(...issuesOf(error).filter(({ message }) => !known.has(message)));
    return undefined;
  }
}

function found({ context, itemIndex }: Call, field: unknown): IBinaryData | undefined {
  try {
    const data = context.helpers.assertBinaryData(itemIndex, field as string);
    // n8n takes `__proto__` for a field.
    return typeof data.data === 'string' ? data : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with the choice of a binary field, and what to do. */
function problemOf(field: unknown, binary: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(binary);
  const isName = typeof field === 'string' && field !== '';
  if (isName && Object.hasOwn(binary, field)) {
    return `binary field "${field}" contains no file. A file is an object with data (Base64), mimeType and fileName, below the name of the field`;
  }
  const chosen = isName ? field.split(',').map((name) => name.trim()) : [];
  if (chosen.length > 1 && chosen.every((name) => names.includes(name))) {
    return 'names several binary fields. Choose one; to create an asset from each, give each file an item of its own before this node';
  }
  const missing = isName
    ? `there is no binary field "${field.slice(0, 50)}"`
    : 'must be the name of a binary field';
  const has =
    names.length > 0
      ? `This item has: ${names.map((name) => `"${name}"`).join(', ')}`
      : 'This item has no binary field: put a node that outputs a file before this one';
  return `${missing}. ${has}`;
}
