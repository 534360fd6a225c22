import { excerpt, formatBytes } from '@twelvelabs-nodes/core';
import type { NodeStatus } from 'node-red';

/** What one message is going through. */
export type Phase =
  | { readonly name: 'queued' | 'working' | 'fetching' }
  | {
      readonly name: 'uploading';
      readonly sent: number;
      readonly total?: number | undefined;
      /** What the platform had when an interrupted upload continued. */
      readonly resumedAt?: number | undefined;
    }
  /** Waiting for the platform: for which asset, and since when (`performance.now()`). */
  | {
      readonly name: 'processing' | 'answering';
      readonly asset?: string | null | undefined;
      readonly since: number;
    };

/** Why a message stands still, for how many milliseconds, and since when (milliseconds since the epoch). */
export type Pause =
  | { readonly name: 'throttled'; readonly delay: number }
  | { readonly name: 'retrying'; readonly delay: number; readonly since: number; readonly reason: string };

/** One message at work. */
export interface Work {
  readonly phase: Phase;
  readonly pause?: Pause;
}

/** Translates a key of the catalog; values fill its placeholders. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

/** What a node shows for all of its messages at work. @param waiting length of the queue */
export function statusOf(work: readonly Work[], waiting: number, translate: Translate): NodeStatus {
  const [only] = work;
  const queued = waiting > 0 ? ` · ${translate('status.waiting', { count: waiting })}` : '';
  if (only && work.length === 1)
    return {
      ...appearance(only),
      text: describe(only, translate) + (only.phase.name === 'queued' ? '' : queued),
    };
  const active = work.filter(({ phase }) => phase.name !== 'queued');
  const paused = active.find(({ pause }) => pause);
  const parts = [translate('status.active', { count: active.length })];
  const bytes = bytesOf(active.map(({ phase }) => phase));
  if (bytes) parts.push(bytes);
  if (paused) parts.push(describe(paused, translate));
  return { ...appearance(paused ?? { phase: { name: 'working' } }), text: parts.join(' · ') + queued };
}

function describe({ phase, pause }: Work, translate: Translate): string {
  if (pause?.name === 'throttled')
    return translate('status.throttled', { seconds: Math.max(1, Math.round(pause.delay / 1000)) });
  if (pause) return translate('status.retrying', { reason: pause.reason, time: timeOfDay(pause.since) });
  switch (phase.name) {
    case 'uploading':
      return [translate('status.uploading'), bytesOf([phase]), resumed(phase, translate)]
        .filter(Boolean)
        .join(' ');
    case 'processing':
    case 'answering':
      return [
        translate(`status.${phase.name}`),
        phase.asset && shortened(phase.asset, ROOM_FOR_NAME),
        waited(phase.since),
      ]
        .filter(Boolean)
        .join(' · ');
    default:
      return translate(`status.${phase.name}`);
  }
}

function resumed({ resumedAt, total }: Phase & { name: 'uploading' }, translate: Translate): string {
  if (resumedAt === undefined) return '';
  const sizes = { sent: formatBytes(resumedAt), total: formatBytes(total ?? 0) };
  return `· ${translate('status.resumed', sizes)}`;
}

function bytesOf(phases: readonly Phase[]): string {
  let sent = 0;
  let total = 0;
  let uploads = 0;
  for (const phase of phases) {
    if (phase.name !== 'uploading') continue;
    uploads += 1;
    sent += phase.sent;
    total += phase.total ?? Number.NaN;
  }
  if (uploads === 0) return '';
  if (Number.isNaN(total)) return formatBytes(sent);
  const percent = total > 0 ? Math.floor((sent / total) * 100) : 100;
  return `${percent} % · ${formatBytes(sent)} / ${formatBytes(total)}`;
}

function appearance({ phase, pause }: Work): Pick<NodeStatus, 'fill' | 'shape'> {
  if (pause) return { fill: 'yellow', shape: 'ring' };
  if (phase.name === 'queued') return { fill: 'grey', shape: 'ring' };
  return { fill: 'blue', shape: phase.name === 'processing' ? 'ring' : 'dot' };
}

/** Nothing for the first second, then `12 s`, from a minute on `3 min`. */
function waited(since: number): string {
  const seconds = Math.floor((performance.now() - since) / 1000);
  if (seconds < 1) return '';
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
}

/** `14:02`, in the time zone of this machine. */
export function timeOfDay(time: number): string {
  return new Date(time).toTimeString().slice(0, 5);
}

/** Characters that a status has room for below its node, and of those for the name of what it waits for. */
const ROOM = 60;
const ROOM_FOR_NAME = 36;

export function shortened(text: string, room = ROOM): string {
  return excerpt(text, room);
}
