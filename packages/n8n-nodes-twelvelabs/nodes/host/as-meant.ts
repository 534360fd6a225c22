import type { INodeProperties } from 'n8n-workflow';

/**
 * The value of a field as what its type asks for: n8n passes on what an expression returns, which is often text. Text that
 * can only mean a number, true or false, a choice or a list is read as that; all else stays as it is, for the field to
 * refuse.
 */
export function asMeant({ type, options = [] }: Pick<INodeProperties, 'type' | 'options'>, value: unknown) {
  if (type === 'number') return numberIn(value);
  if (type === 'boolean') return typeof value === 'string' ? (FLAGS.get(plain(value)) ?? value) : value;
  const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
  if (type === 'options') return choiceIn(choices, value);
  if (type !== 'multiOptions') return value;
  const list = commaSeparated(value);
  // Not `map`, which skips the holes of a list.
  return Array.isArray(list) && list.length > 0 ? Array.from(list, (one) => choiceIn(choices, one)) : value;
}

const FLAGS = new Map([
  ['true', true],
  ['false', false],
]);

/** The choice that a text means, in any case of letters; what means none stays as it is. */
export function choiceIn<T>(choices: readonly T[], value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return choices.find((choice) => typeof choice === 'string' && plain(choice) === plain(value)) ?? value;
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

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
