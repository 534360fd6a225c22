import { kindOfType, type MediaKind } from './kind.ts';

/** What the first bytes of a media file show. */
export type Recognized =
  | { readonly kind: MediaKind; readonly type: string }
  /** A container of sound or pictures or both, whose tracks stand further on: its type in either case. */
  | { readonly kind: undefined; readonly types: ContainerTypes };

/** The media types of a container with pictures, and of one with sound only. */
export interface ContainerTypes {
  readonly video: string;
  readonly audio: string;
}

/** The tracks that the first bytes of a container list. */
export interface Tracks {
  readonly video: boolean;
  readonly audio: boolean;
  /** Whether these are all of its tracks. */
  readonly all: boolean;
}

export function ofType(type: string): Recognized | undefined {
  const kind = kindOfType(type);
  return kind && { kind, type };
}

/** A container with pictures is a video. One with sound is audio once it is certain that no pictures follow. */
export function ofTracks({ video, audio, all }: Tracks, types: ContainerTypes): Recognized {
  if (video) return { kind: 'video', type: types.video };
  if (audio && all) return { kind: 'audio', type: types.audio };
  return { kind: undefined, types };
}
