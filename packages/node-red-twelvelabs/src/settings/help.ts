/** A property of a message, as the help of a node lists it. Texts may hold HTML. */
export interface HelpProperty {
  readonly name: string;
  /** `string`, or several: `string | object`. */
  readonly type: string;
  readonly optional?: boolean;
  readonly text: string;
}

/** What the help of a node says beside its settings, which it lists by itself. */
export interface Help {
  /** The first sentence is the tooltip in the palette. */
  readonly about: string;
  /** Of a node with an input; `abort` and `twelvelabs` are added. */
  readonly inputs?: readonly HelpProperty[];
  readonly outputs: readonly HelpProperty[];
  /** A paragraph each; those about the queue and errors are added to a node with an input. */
  readonly details?: readonly string[];
  /** Whether messages take turns with the others of the account. */
  readonly queue?: false;
}

export const assetIdInput: HelpProperty = {
  name: 'payload._id',
  type: 'string',
  text: 'the ID of the asset. Another place can be chosen.',
};

export const assetOutput: HelpProperty = {
  name: 'payload',
  type: 'object',
  text: 'the asset as TwelveLabs returns it: <code>_id</code>, <code>status</code>, <code>filename</code>, <code>file_type</code>, <code>size</code> (bytes), <code>duration</code> (seconds) and more. All other properties of the message stay.',
};

/** The input of a node that takes an asset or whatever becomes one. */
export const assetOrFileInput: HelpProperty = {
  name: 'payload',
  type: 'object | string | buffer | stream',
  text: 'an asset or its ID, a file as <b>create asset</b> takes it, or a URL. Another place can be chosen.',
};
