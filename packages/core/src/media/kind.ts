export type MediaKind = 'video' | 'audio' | 'image';

/** What the platform takes, for messages. Source: "Create an asset", supported content. */
export const SUPPORTED_CONTENT = 'a video, audio or image file';

/** Sent as the type of a part whose media type is unknown. Source: RFC 2046 §4.5.1. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * The essence of a media type: lower case, without parameters and the quotes around it. Of a header that was sent twice
 * ("video/mp4, video/mp4"), it is the first value.
 */
export function essence(type: string | undefined): string {
  const [first = ''] = (type ?? '').split(/[;,]/, 1);
  return first.trim().replace(/^"|"$/g, '').toLowerCase();
}

/** RFC 6838 §4.2. What holds more would split the header of the part; a wildcard is no type. */
const TYPE = /^([a-z0-9][\w!#$&^.+-]*)\/([a-z0-9][\w!#$&^.+-]*)$/;

/** Subtypes that name no format of a media file: those of programs that do not know, and of playlists. */
const NO_FORMAT =
  /^(x-)?(unknown|octet-stream|binary|(vnd\.)?mpegurl|scpls|ms-wax|ms-wvx|ms-asx|ms-wmx|vnd\.mpeg\.dash\.mpd)$/;

export function isMediaType(type: string): boolean {
  return TYPE.test(type);
}

/** The kind that a media type names by itself. */
export function kindOfType(type: string | undefined): MediaKind | undefined {
  const [, main, sub = ''] = TYPE.exec(essence(type)) ?? [];
  if (NO_FORMAT.test(sub)) return undefined;
  return main === 'video' || main === 'audio' || main === 'image' ? main : undefined;
}
