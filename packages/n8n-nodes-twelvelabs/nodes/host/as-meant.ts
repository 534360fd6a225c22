import type { NodePropertyTypes } from 'n8n-workflow';

/**
 * The value of a field as what its type asks for: n8n passes on what an expression returns, which is often text. Text that
 * can only mean a number, true or false, or a list is read as that; all else stays as it is, for the field to refuse.
 */
export function asMeant(type: NodePropertyTypes | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'number') return numberIn(value);
  if (type === 'boolean') return FLAGS.get(value.trim().toLowerCase()) ?? value;
  if (type !== 'multiOptions') return value;
  const list = partsOf(value);
  return list.length > 0 ? list : value;
}

const FLAGS = new Map([
  ['true', true],
  ['false', false],
]);

/** A number as people write it; what is none stays as it is. */
export function numberIn(value: unknown): unknown {
  const isNumber = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  return isNumber ? Number(value) : value;
}

/** The parts of a text with commas between them; what is no text stays as it is. */
export function commaSeparated(value: unknown): unknown {
  return typeof value === 'string' ? partsOf(value) : value;
}

function partsOf(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
