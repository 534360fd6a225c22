import type { Kind, Offer, When } from '../settings/setting.ts';
import { completionOf } from './completion.ts';
import { type EditorNode, translate } from './globals.ts';

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  /** Of `choice` and `choices`. */
  readonly options?: readonly string[];
  readonly offers?: readonly Offer[];
  /** Left out for a field that is always shown. */
  readonly when?: When;
  /** A Font Awesome name, without `fa-`. */
  readonly icon?: string;
}

export interface Section {
  readonly name: string;
  /** Whether it is unfolded at first. */
  readonly open?: boolean;
  readonly fields: readonly Field[];
}

type Reference = 'msg' | 'flow' | 'global' | 'jsonata' | 'env';

/** A node without an input has no message to take a value from. */
function referencesOf({ _def }: EditorNode): Reference[] {
  return [...(_def?.inputs === 0 ? [] : (['msg'] as const)), 'flow', 'global', 'jsonata', 'env'];
}

/** Draws the settings of a node into its dialog. */
export function drawSections(node: EditorNode, sections: readonly Section[]): void {
  const form = $('#twelvelabs-fields').empty();
  for (const section of sections) {
    const title = translate(node, `section.${section.name}`);
    const holder = title ? foldable(title, section.open === true).appendTo(form) : form;
    for (const field of section.fields) drawField(node, field, holder);
  }
  for (const { fields } of sections) for (const field of fields) showWhen(field);
}

/** Types of the typed input of a choice and of a flag that say what was chosen. */
const OWN_TYPES: readonly unknown[] = ['fixed', 'bool'];

/** Shows a field only with the choices that it applies to. A choice that a message makes may be any of them. */
function showWhen({ name, when }: Field): void {
  if (!when) return;
  const chooser = $(`#node-input-${when.setting}`);
  const row = $(`#node-input-${name}`).closest('.form-row');
  const update = () =>
    row.toggle(
      !OWN_TYPES.includes(chooser.typedInput('type')) ||
        when.is.includes(String(chooser.typedInput('value'))),
    );
  chooser.on('change', update);
  update();
}

function foldable(title: string, open: boolean): JQuery {
  const details = $('<details>').addClass('twelvelabs-section').append($('<summary>').text(title));
  return open ? details.attr('open', 'open') : details;
}

function drawField(node: EditorNode, field: Field, holder: JQuery): void {
  const id = `node-input-${field.name}`;
  const row = $('<div>').addClass('form-row').appendTo(holder);
  const hint = translate(node, `hint.${field.name}`);
  if (hint) row.attr('title', hint);
  const caption = $('<span>').text(translate(node, `label.${field.name}`));
  const label = $('<label>').attr('for', id);
  if (field.kind === 'check') {
    const box = $('<input type="checkbox">').attr('id', id).addClass('twelvelabs-check');
    box.prop('checked', node[field.name] === true);
    row.append(label.addClass('twelvelabs-wide').append(box, caption));
    return;
  }
  if (field.icon) label.append($('<i>').addClass('fa').addClass(`fa-${field.icon}`), ' ');
  const input = $('<input type="text">').attr('id', id).addClass('twelvelabs-input');
  row.append(label.append(caption), input);
  input.val(String(node[field.name] ?? ''));
  const placeholder = translate(node, `placeholder.${field.name}`);
  if (placeholder) input.attr('placeholder', placeholder);
  if (field.kind === 'property') {
    input.typedInput({ types: ['msg'] });
    return;
  }
  const typeField = $('<input type="hidden">').attr('id', `${id}Type`).appendTo(row);
  typeField.val(String(node[`${field.name}Type`] ?? ''));
  input.typedInput({ typeField, types: typesOf(node, field) });
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface ChoiceType {
  value: string;
  label: string;
  icon?: string;
  autoComplete?: ReturnType<typeof completionOf>;
  multiple?: boolean;
  valueLabel?: (holder: JQuery, chosen: readonly Choice[]) => void;
  options?: Choice[];
  validate?: (value: string) => boolean;
}

type InputTypes = ('str' | 'bool' | 'json' | Reference | ChoiceType)[];

/** Node-RED's own text input, with a list where there is something to offer, and called by what it takes. */
function textType(node: EditorNode, { kind, offers }: Field): 'str' | ChoiceType {
  if (!offers) return 'str';
  const autoComplete = completionOf(offers);
  const label = kind === 'source' ? translate(node, `typed.${offers.join('_')}`) : 'string';
  return { value: 'str', label, icon: 'red/images/typedInput/az.svg', autoComplete };
}

function typesOf(node: EditorNode, field: Field): InputTypes {
  const references = referencesOf(node);
  switch (field.kind) {
    case 'source':
      return ['msg', textType(node, field), 'flow', 'global', 'jsonata', 'env'];
    case 'number':
    case 'seconds':
    case 'minutes':
      return [...fixedNumber(node), ...references];
    case 'flag':
      return ['bool', ...references];
    case 'json':
      return ['json', ...references];
    case 'choice':
    case 'choices': {
      const options = (field.options ?? []).map((value) => ({
        value,
        label: translate(node, `option.${field.name}.${value}`) || value,
      }));
      const label = translate(node, 'fixed');
      if (field.kind === 'choice') return [{ value: 'fixed', label, options }, ...references];
      const valueLabel = namesOf(options, translate(node, `placeholder.${field.name}`));
      return [{ value: 'fixed', label, multiple: true, options, valueLabel }, ...references];
    }
    default:
      return [textType(node, field), ...references];
  }
}

/** Names what was chosen; Node-RED's own label would be "2 selected". It gives values at first, and options later. */
function namesOf(options: readonly Choice[], none: string) {
  return (holder: JQuery, chosen: readonly (Choice | string)[]): void => {
    const values = chosen.map((each) => (typeof each === 'string' ? each : each.value));
    const names = options.flatMap(({ value, label }) => (values.includes(value) ? [label] : []));
    holder.text(names.join(', ') || none);
  };
}

/** Node-RED's own number input marks an empty one as wrong; here it means "as usual". */
function fixedNumber(node: EditorNode): InputTypes {
  const validate = (value: string) => value === '' || Number.isFinite(Number(value));
  return [{ value: 'num', label: translate(node, 'number'), icon: 'red/images/typedInput/09.svg', validate }];
}
