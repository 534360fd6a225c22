import type { Field, Section } from '../fields.ts';

/** A setting, and what it holds in a node that was just dragged in; left out, what its kind usually holds. */
export interface PageField extends Field {
  readonly value?: string;
  /** Of the typed input. */
  readonly type?: 'str' | 'msg';
}

export interface PageSection extends Section {
  readonly fields: readonly PageField[];
}

/** What the editor shows of one node type. The build writes Node-RED's page from it. */
export interface Page {
  readonly type: string;
  /** In `src/icons`. */
  readonly icon: string;
  readonly sections: readonly PageSection[];
}

export const assetId: PageField = {
  name: 'assetId',
  kind: 'text',
  icon: 'film',
  value: 'payload._id',
  type: 'msg',
};

export const waitFor: PageField = {
  name: 'waitFor',
  kind: 'choices',
  icon: 'list-ul',
  options: ['asset', 'hls', 'thumbnail'],
  value: 'asset',
};

export const maxWait: PageField = { name: 'maxWait', kind: 'number', icon: 'clock-o' };

/** Time limits of every call. */
export const limits: readonly PageField[] = [
  { name: 'timeout', kind: 'number', icon: 'clock-o' },
  { name: 'idleTimeout', kind: 'number', icon: 'hourglass-o' },
];

/** Ends every page but that of the create node, which has the limits with the upload. */
export const limitsSection: PageSection = { name: 'limits', fields: limits };

export const messageSection: PageSection = {
  name: 'message',
  fields: [
    { name: 'output', kind: 'property', icon: 'envelope-o' },
    { name: 'keepOrder', kind: 'check' },
  ],
};
