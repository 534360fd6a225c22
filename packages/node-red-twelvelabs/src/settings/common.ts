import type { Section, Setting, Settings } from './setting.ts';

export const assetId: Setting = {
  kind: 'asset',
  field: 'asset_id',
  icon: 'film',
  label: 'Asset ID',
  hint: 'The ID of the asset, such as the _id that "create asset" returns. As text, type part of a file name to choose one of the newest assets.',
  value: 'payload._id',
  type: 'msg',
};

const waitFor: Setting = {
  kind: 'choices',
  field: 'waitFor',
  icon: 'list-ul',
  label: 'Wait for',
  hint: 'What has to be ready before the message goes on: the asset, its HLS stream or its thumbnail.',
  options: { asset: 'asset', hls: 'HLS stream', thumbnail: 'thumbnail' },
  value: 'asset',
};

const maxWait: Setting = {
  kind: 'seconds',
  field: 'maxWait',
  icon: 'clock-o',
  label: 'Maximum wait (s)',
  hint: 'Stop waiting after this many seconds, with the code timeout. The asset stays, so waiting again is free.',
  placeholder: '1800',
};

/** What to wait for, and how long. */
export const waiting = { waitFor, maxWait } satisfies Settings;

/** Time limits of every request. */
export const limits = {
  timeout: {
    kind: 'seconds',
    field: 'timeout',
    icon: 'clock-o',
    label: 'Time limit (s)',
    hint: 'Abort the whole operation after this many seconds, retries and waits included.',
    placeholder: 'none',
  },
  idleTimeout: {
    kind: 'seconds',
    field: 'idleTimeout',
    icon: 'hourglass-o',
    label: 'Idle limit (s)',
    hint: 'Abort a request after this many seconds without any data transfer. A slow upload that keeps moving is never aborted.',
    placeholder: '60',
  },
} satisfies Settings;

export const limitsSection: Section = { title: 'Time limits', settings: limits };

/** Ends every page: settings about the message itself, of which core knows nothing. */
export const messageSettings = {
  output: {
    kind: 'property',
    icon: 'envelope-o',
    label: 'Output property',
    hint: 'The property of the message that the result is written to.',
  },
  keepOrder: {
    kind: 'check',
    label: 'Keep message order',
    hint: 'Send results in the order in which their messages arrived, also when a later message finishes first.',
  },
} satisfies Settings;

export const messageSection: Section = { title: 'Message', settings: messageSettings };
