export type MediaKind = 'video' | 'audio' | 'image';

/** What the platform takes, for messages. Source: "Create an asset", supported content. */
export const SUPPORTED_CONTENT = 'a video, audio or image file';

/** Sent as the type of a part whose media type is unknown. Source: RFC 2046 §4.5.1. */
export const UNKNOWN_TYPE = 'application/octet-stream';

/** The essence of a media type: lower case, without parameters. */
export function essence(type: string | undefined): string {
  return (type ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** RFC 9110 §8.3.1: two tokens. What holds more would split the header of the part. */
const TYPE = /^([!#$%&'*+.^_`|~\w-]+)\/[!#$%&'*+.^_`|~\w-]+$/;

export function isMediaType(type: string): boolean {
  return TYPE.test(type);
}

/** The kind that a media type names by itself. */
export function kindOfType(type: string | undefined): MediaKind | undefined {
  const main = TYPE.exec(essence(type))?.[1];
  return main === 'video' || main === 'audio' || main === 'image' ? main : undefined;
}
