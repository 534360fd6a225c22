import type { Section, Setting, Settings } from './setting.ts';

export const assetId: Setting = {
  kind: 'text',
  offers: ['assets'],
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
  label: 'Wait time limit (s)',
  hint: 'Stop waiting after this many seconds, with the code timeout. What was created stays, so waiting again is free.',
  placeholder: '1800',
};

/** What to wait for, and how long. */
export const waiting = { waitFor, maxWait } satisfies Settings;

/** How a file is taken from a message. */
export const file = {
  filename: {
    kind: 'text',
    field: 'filename',
    icon: 'file-o',
    label: 'File name',
    hint: 'The name of the asset in TwelveLabs.',
    placeholder: 'from the source',
  },
  mediaType: {
    kind: 'text',
    icon: 'file-video-o',
    label: 'Media type',
    hint: 'The type of the file, such as video/mp4, where its name and its first bytes do not show it.',
    placeholder: 'detected',
    form: {
      pattern: /^\s*[\w.+-]+\/[\w.+-]+\s*(;.*)?$/s,
      message: 'must be a media type such as video/mp4',
    },
  },
  checkContent: {
    kind: 'flag',
    field: 'checkContent',
    icon: 'search',
    label: 'Check content',
    hint: 'Refuse a file whose first bytes show that it is no video, audio or image. Turn this off for a format that TwelveLabs accepts and this version does not know. A message cannot override this setting.',
    value: 'true',
    authorOnly: true,
  },
  checkUrl: {
    kind: 'flag',
    field: 'checkUrl',
    icon: 'link',
    label: 'Check URL',
    hint: 'Refuse a URL that leads to a page instead of a file, such as a sharing link, and a URL that TwelveLabs cannot reach. Turn this off for a link that leads to a file although it looks like a page.',
    value: 'true',
  },
  paths: {
    kind: 'choice',
    icon: 'folder-open-o',
    label: 'Files by path',
    hint: 'Which files of this machine a message may name: a path as text or a file uploaded with its HTTP request, any object with a path, or none. Choose "content only" where strangers choose the payload. A message cannot override this setting.',
    options: { text: 'text and uploads', any: 'any object with a path', none: 'content only' },
    authorOnly: true,
  },
} satisfies Settings;

export const once: Setting = {
  kind: 'text',
  field: 'once',
  icon: 'check-square-o',
  label: 'Create-once key',
  hint: 'Text that identifies this job, such as an order number. A message with a key that an asset already carries uses that asset instead of creating a second one.',
  placeholder: 'none',
};

/** Of nodes that create an asset from a file on the way to something else. */
export const fileSection = { title: 'File', settings: { ...file, once } } satisfies Section;

/** Limits of every request. */
export const limits = {
  timeout: {
    kind: 'seconds',
    field: 'timeout',
    icon: 'clock-o',
    label: 'Time limit (s)',
    hint: 'Abort the whole operation after this many seconds, retries and waits included.',
    placeholder: 'none',
  },
  maxElapsed: {
    kind: 'minutes',
    field: 'retry.maxElapsed',
    icon: 'repeat',
    label: 'Keep retrying for (minutes)',
    hint: 'How long to retry a request while TwelveLabs or the network does not respond. 0 means no retry. Waiting until something is ready has its own limit.',
    placeholder: '10',
  },
  idleTimeout: {
    kind: 'seconds',
    field: 'idleTimeout',
    icon: 'hourglass-o',
    label: 'Idle time limit (s)',
    hint: 'Abort a request after this many seconds without any data transfer. A slow upload that keeps moving is never aborted.',
    placeholder: '60',
  },
} satisfies Settings;

export const limitsSection = { title: 'Time limits', settings: limits } satisfies Section;

/** Of nodes that return a list. */
export const split: Setting = {
  kind: 'flag',
  icon: 'code-fork',
  label: 'One message each',
  hint: 'Send one message for each item, as a sequence that a join node can put together again.',
};

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
