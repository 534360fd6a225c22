/**
 * How the editor edits a setting and how the runtime reads what it holds. All but `check` and `property` can also
 * come from a message, a context, the environment or JSONata.
 */
export type Kind =
  | 'source'
  | 'text'
  | 'number'
  | 'seconds'
  | 'minutes'
  | 'flag'
  | 'json'
  | 'list'
  | 'choice'
  | 'choices'
  | 'check'
  | 'property';

/** What the editor offers while somebody types: files of this machine, and what the account has. */
export type Offer = 'files' | 'assets' | 'indexes' | 'collections';

/** The choices of another setting with which a setting applies; `true` or `false` of a `flag`. */
export interface When {
  readonly setting: string;
  readonly is: readonly string[];
}

/** One setting of a node. Its page, its text in English, its reading and its name in errors all come from here. */
export interface Setting {
  readonly kind: Kind;
  /** The parameter or option of core that takes the value, as core's errors name it. Left out for the node's own. */
  readonly field?: string;
  readonly label: string;
  /** What it does, in a sentence or two: the field's tooltip, and its entry in the help. */
  readonly hint: string;
  /** Shown in the empty field: what applies then. */
  readonly placeholder?: string;
  /** Of `text` and `source`. */
  readonly offers?: readonly Offer[];
  /** Left out for a setting that always applies. */
  readonly when?: When;
  /** Of `choice` and `choices`: each value with what the editor calls it. */
  readonly options?: Readonly<Record<string, string>>;
  /** Of the node's own `text`: what it must look like. */
  readonly form?: { readonly pattern: RegExp; readonly message: string };
  /** Whether `msg.twelvelabs` may not override it: it protects against what a message holds. */
  readonly authorOnly?: boolean;
  /** A Font Awesome name, without `fa-`. */
  readonly icon?: string;
  /** What a node that was just dragged in holds; left out, what the kind usually holds. */
  readonly value?: string;
  /** Of the typed input, with `value`. */
  readonly type?: 'str' | 'msg';
}

/** What a typed input holds at first, by its kind: value and type. */
const INITIAL: Readonly<Record<Exclude<Kind, 'check' | 'property'>, readonly [string, string]>> = {
  source: ['payload', 'msg'],
  text: ['', 'str'],
  list: ['', 'str'],
  number: ['', 'num'],
  seconds: ['', 'num'],
  minutes: ['', 'num'],
  flag: ['false', 'bool'],
  json: ['{}', 'json'],
  choice: ['', 'fixed'],
  choices: ['', 'fixed'],
};

export type Settings = Readonly<Record<string, Setting>>;

export interface Section {
  readonly title: string;
  /** Whether it is unfolded at first. */
  readonly open?: boolean;
  readonly settings: Settings;
}

/** All that one node type declares of itself. */
export interface NodeSettings {
  readonly type: `twelvelabs-${string}`;
  /** The node's name in the palette. */
  readonly palette: string;
  /** What distinguishes its icon: in words, and as the path of an SVG in the lower right corner of a film frame. */
  readonly sign: { readonly title: string; readonly path: string };
  /** Labels of its ports; a node without `input` has none. */
  readonly ports: { readonly in?: string; readonly out: string };
  /** Whether the node has a button on the canvas, which asks for an example. */
  readonly button?: boolean;
  readonly sections: Readonly<Record<string, Section>>;
}

/** The settings of all sections by name. */
export function settingsOf({ sections }: NodeSettings): Settings {
  return Object.assign({}, ...Object.values(sections).map(({ settings }) => settings)) as Settings;
}

/** What a setting holds in a node that was just dragged in: value and type; no type where it is not a typed input. */
export function initialOf({ kind, options, value, type }: Setting): readonly [value: unknown, type?: string] {
  if (kind === 'check') return [false];
  if (kind === 'property') return ['payload'];
  const [usualValue, usualType] = INITIAL[kind];
  const first = kind === 'choice' ? Object.keys(options ?? {})[0] : usualValue;
  return [value ?? first, type ?? usualType];
}

/** A flow that was written by hand may leave out where the file is: it is where a node that was just dragged in has it. */
export function withSource<Config extends object>(config: Config, node: NodeSettings): Config {
  const added: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settingsOf(node))) {
    const [value, type] = initialOf(setting);
    if (setting.kind !== 'source' || name in config || `${name}Type` in config) continue;
    added[name] = value;
    added[`${name}Type`] = type;
  }
  return { ...config, ...added };
}
