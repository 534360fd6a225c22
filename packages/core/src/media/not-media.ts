import { excerpt } from '../text/excerpt.ts';
import { hasAt, latin1 } from './head.ts';
import { textOf } from './text-content.ts';

/** A file that is certainly no media. */
export interface NotMedia {
  /** What it is, with an article, for a message. */
  readonly what: string;
  /** What to do, where that is not plain. */
  readonly advice?: string | undefined;
  /** Its media type, for those who send it anyway. */
  readonly type: string;
  /** A few letters, which may be anything: name and media type are believed instead. */
  readonly isShort?: boolean | undefined;
}

type Binary = readonly [what: string, type: string, magic: string, offset?: number];

/** Sources: the formats' own specifications, and libmagic. Only what is long enough not to occur by chance. */
export const BINARIES: readonly Binary[] = [
  ['a PDF', 'application/pdf', '%PDF-'],
  ['a ZIP archive', 'application/zip', 'PK\x06\x06'],
  ['an empty ZIP archive', 'application/zip', 'PK\x05\x06'],
  ['a ZIP archive', 'application/zip', 'PK\x07\x08'],
  ['a gzip archive', 'application/gzip', '\x1f\x8b\x08'],
  ['a bzip2 archive', 'application/x-bzip2', 'BZh?1AY&SY'],
  ['an xz archive', 'application/x-xz', '\xfd7zXZ\0'],
  ['a Zstandard archive', 'application/zstd', '\x28\xb5\x2f\xfd'],
  ['an LZ4 archive', 'application/x-lz4', '\x04\x22\x4d\x18'],
  ['an lzip archive', 'application/x-lzip', 'LZIP'],
  ['a 7-Zip archive', 'application/x-7z-compressed', '7z\xbc\xaf\x27\x1c'],
  ['a RAR archive', 'application/vnd.rar', 'Rar!\x1a\x07'],
  ['a TAR archive', 'application/x-tar', 'ustar', 257],
  ['a cabinet archive', 'application/vnd.ms-cab-compressed', 'MSCF\0\0\0\0'],
  ['an LHA archive', 'application/x-lzh-compressed', '-lh?-', 2],
  ['an ACE archive', 'application/x-ace-compressed', '**ACE**', 7],
  ['a package archive', 'application/x-unix-archive', '!<arch>\n'],
  ['an RPM package', 'application/x-rpm', '\xed\xab\xee\xdb'],
  ['a program', 'application/x-elf', '\x7fELF'],
  ['a program', 'application/x-mach-binary', '\xfe\xed\xfa\xce'],
  ['a program', 'application/x-mach-binary', '\xfe\xed\xfa\xcf'],
  ['a program', 'application/x-mach-binary', '\xce\xfa\xed\xfe'],
  ['a program', 'application/x-mach-binary', '\xcf\xfa\xed\xfe'],
  ['a program', 'application/java-vm', '\xca\xfe\xba\xbe'],
  ['a program', 'application/wasm', '\0asm\x01'],
  ['a program', 'application/x-dex', 'dex\n03'],
  ['a Flash file', 'application/x-shockwave-flash', 'FWS'],
  ['a Flash file', 'application/x-shockwave-flash', 'CWS'],
  ['a Flash file', 'application/x-shockwave-flash', 'ZWS'],
  ['a Microsoft Office document', 'application/x-cfb', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['an Outlook archive', 'application/vnd.ms-outlook', '!BDN'],
  ['a font', 'font/woff', 'wOFF'],
  ['a font', 'font/woff2', 'wOF2'],
  ['a font', 'font/otf', 'OTTO\0'],
  ['a font', 'font/collection', 'ttcf\0'],
  ['a font', 'font/ttf', '\0\x01\0\0\0??????GDEF'],
  ['a database', 'application/vnd.sqlite3', 'SQLite format 3\0'],
  ['a data file', 'application/vnd.apache.parquet', 'PAR1'],
  ['a data file', 'application/vnd.apache.arrow.file', 'ARROW1\0\0'],
  ['a data file', 'application/avro', 'Obj\x01'],
  ['a data file', 'application/x-hdf5', '\x89HDF\r\n\x1a\n'],
  ['a data file', 'application/x-numpy', '\x93NUMPY'],
  ['a 3D model', 'model/gltf-binary', 'glTF?\0\0\0'],
  ['a 3D model', 'application/x-blender', 'BLENDER'],
  ['a 3D model', 'application/x-fbx', 'Kaydara FBX Binary'],
  ['a network capture', 'application/vnd.tcpdump.pcap', '\xd4\xc3\xb2\xa1'],
  ['a network capture', 'application/vnd.tcpdump.pcap', '\xa1\xb2\xc3\xd4'],
  ['a Windows shortcut', 'application/x-ms-shortcut', 'L\0\0\0\x01\x14\x02\0'],
  ['a macOS alias', 'application/x-apple-alias', 'book\0\0\0\0mark\0\0\0\0'],
  ['a property list', 'application/x-bplist', 'bplist0'],
  ['a folder file of macOS (.DS_Store)', 'application/octet-stream', '\0\0\0\x01Bud1'],
  ['a torrent file', 'application/x-bittorrent', 'd8:announce'],
  ['a torrent file', 'application/x-bittorrent', 'd13:announce-list'],
  ['an encrypted file', 'application/octet-stream', 'Salted__'],
  ['a symbolic link', 'inode/symlink', 'IntxLNK\x01'],
  ['a disc image', 'application/vnd.efi.iso', 'CD001', 32_769],
  ['an After Effects project', 'application/vnd.adobe.aftereffects.project', 'RIFX????Egg!'],
  ['a PostScript document', 'application/postscript', '%!PS'],
  ['a PostScript document', 'application/postscript', '\xc5\xd0\xd3\xc6'],
  ['an RTF document', 'application/rtf', '{\\rtf'],
  ['a Microsoft help file', 'application/vnd.ms-htmlhelp', 'ITSF\x03\0\0\0'],
];

/** Characters of a text that are looked at. */
const BEGINNING = 4_096;

/** What a file that is certainly no media is, by its first bytes; `undefined` where they leave a doubt. */
export function notMedia(head: Uint8Array): NotMedia | undefined {
  if (hasAt(head, '\0\x05\x16\x07') || hasAt(head, '\0\x05\x16\0')) return APPLE_DOUBLE;
  if (hasAt(head, 'PK\x03\x04')) return zipped(head);
  if (isWindowsProgram(head))
    return { what: 'a program', type: 'application/vnd.microsoft.portable-executable' };
  const text = textOf(head)?.slice(0, BEGINNING);
  const inText = text === undefined ? ofPage(latin1(head, 0, BEGINNING)) : (ofPage(text) ?? ofText(text));
  if (inText && text === undefined) return inText;
  const binary = BINARIES.find(([, , magic, offset]) => hasAt(head, magic, offset));
  if (binary) return { what: binary[0], type: binary[1] };
  return inText;
}

/** Source: RFC 1740. macOS puts one beside each file on disks that are not its own. */
const APPLE_DOUBLE: NotMedia = {
  what: 'a macOS metadata file (AppleDouble)',
  advice: 'send the file of the same name without "._" in front',
  type: 'multipart/appledouble',
};

/** What a ZIP archive is used as. The names of its first files tell. */
function zipped(head: Uint8Array): NotMedia {
  const names = latin1(head, 0, 4_096);
  const office = /\[Content_Types\]\.xml|mimetypeapplication\/vnd\.oasis/.test(names);
  if (office) return { what: 'an Office document', type: 'application/zip' };
  if (names.includes('mimetypeapplication/epub'))
    return { what: 'an e-book (EPUB)', type: 'application/epub+zip' };
  return { what: 'a ZIP archive', advice: 'unpack it and send the media file', type: 'application/zip' };
}

function isWindowsProgram(head: Uint8Array): boolean {
  return hasAt(head, 'MZ') && /PE\0\0|DOS mode/.test(latin1(head, 0, 1_024));
}

const html = (text: string): NotMedia => {
  const title = /<title[^<>]{0,100}>([^<]{1,300})/i.exec(text)?.[1]?.trim();
  return {
    what: title ? `an HTML page ("${excerpt(title, 60)}")` : 'an HTML page',
    advice: 'use the direct link to the media file; a page often stands in for a file that needs a login',
    type: 'text/html',
  };
};

/** Messages that somebody stored as they came, with a file inside. */
const MESSAGES: readonly (readonly [pattern: RegExp, found: NotMedia])[] = [
  [
    // RFC 2046 §5.1.1: a preamble, a boundary on a line of its own, then headers in any order.
    /^--.{1,100}\r?\n(?:(?!--|Content-(?:Disposition|Type):)[\w-]{1,40}:.{0,500}\r?\n){0,9}Content-(?:Disposition|Type):/im,
    {
      what: 'a form (multipart/form-data) with the file inside',
      advice: 'take the file out of the form and send its bytes',
      type: 'multipart/form-data',
    },
  ],
  [
    /^HTTP\/[\d.]+ \d{3}\b/,
    { what: 'an HTTP response with its headers', advice: 'send its body only', type: 'application/http' },
  ],
];

/** Messages, HTML and XML: told by their beginning, also where the rest is no clean text. */
function ofPage(text: string): NotMedia | undefined {
  const [, message] = MESSAGES.find(([pattern]) => pattern.test(text)) ?? [];
  if (message) return message;
  const start = text.replace(/^\uFEFF|^\u00ef\u00bb\u00bf/, '').replace(/^(\s|<!--[\s\S]*?-->)+/, '');
  if (
    /^<(!doctype html|html|head|body|title|meta|script|style|div|iframe|h[1-6]|p|br|b|a|center|font|form|pre|span|table|ul)[\s>/]/i.test(
      start,
    )
  )
    return html(text);
  if (!/^<(\?xml|!doctype|[a-z][\w.:-]*[\s>/])/i.test(start)) return undefined;
  if (/<html[\s>]/i.test(start)) return html(text);
  const code = /<Code>\s{0,20}([\w.-]{1,60})/i.exec(start)?.[1];
  if (code && /<Error>/i.test(start))
    return {
      what: `an XML error message ("${code}")`,
      advice: 'get a new link to the file',
      type: 'application/xml',
    };
  if (/<MPD[\s>]/.test(start))
    return { what: 'a DASH manifest', advice: PLAYLIST_ADVICE, type: 'application/dash+xml' };
  if (/<(smil|asx|playlist|SmoothStreamingMedia)[\s>]/i.test(start))
    return { what: 'a playlist', advice: PLAYLIST_ADVICE, type: 'application/xml' };
  return { what: 'an XML document', type: 'application/xml' };
}

const PLAYLIST_ADVICE = 'send the media file that it names';

/** Statements that only a programming language has at the start of a line. */
const SOURCE_CODE =
  /^(<\?php|#!|[ \t]*(import\s+[\w{*"']|#include\s*[<"]|using\s+[\w.]+;|package[ \t]+[\w.]+;?[ \t]*$|def \w+\(|(async )?function \w*\(|(public |export |abstract )*class \w+[\s{:(]|(export )?(const|let|var) \w+ ?[=:]))/m;

const CHECK_BEFORE = 'check the step before, which was to give the file';

/** One line with the status of an error (RFC 9110, §15.5 and §15.6), or what proxies and storage services write instead. */
const SERVER_ERROR =
  /^((HTTP|status|error)\W+){0,3}([45]\d\d\W+[a-z]|(access denied|forbidden|unauthorized|(file |page )?not found|bad (request|gateway)|too many requests|internal server error|service (temporarily )?unavailable|(gateway |request )timed?[ -]?out|no healthy upstream|upstream (request|connect)|(this |the )?(link|request|url) (has )?expired)\b).{0,80}$/i;

/** Texts by how they begin. */
const TEXTS: readonly (readonly [pattern: RegExp, found: NotMedia])[] = [
  [
    /^version https:\/\/git-lfs\.github\.com\/spec\//,
    {
      what: 'a Git LFS pointer',
      advice: 'it stands in for the file: run "git lfs pull" to get the file itself',
      type: 'text/plain',
    },
  ],
  [
    /^(\.\.\/)*(\/annex\/objects\/|\.git\/annex\/objects\/)/,
    { what: 'a git-annex pointer', advice: 'run "git annex get" to get the file itself', type: 'text/plain' },
  ],
  [/^#EXTM3U/, { what: 'a playlist (M3U)', advice: PLAYLIST_ADVICE, type: 'application/vnd.apple.mpegurl' }],
  [/^\[playlist\]/i, { what: 'a playlist (PLS)', advice: PLAYLIST_ADVICE, type: 'audio/x-scpls' }],
  [/^ffconcat version/, { what: 'a playlist (FFmpeg concat)', advice: PLAYLIST_ADVICE, type: 'text/plain' }],
  [
    /^(FILE|PERFORMER|TITLE|REM) .*\r?\n(.*\r?\n)*?[ \t]*TRACK \d\d AUDIO/,
    { what: 'a cue sheet', advice: PLAYLIST_ADVICE, type: 'application/x-cue' },
  ],
  [/^\[InternetShortcut\]/i, { what: 'an Internet shortcut', type: 'application/x-mswinurl' }],
  [/^WEBVTT([\s]|$)/, { what: 'a subtitle file (WebVTT)', type: 'text/vtt' }],
  [
    /^\d+\s*\r?\n\d\d:\d\d:\d\d[,.]\d{3} -->/,
    { what: 'a subtitle file (SRT)', type: 'application/x-subrip' },
  ],
  [/^\[Script Info\]/i, { what: 'a subtitle file (ASS)', type: 'text/x-ssa' }],
  [/^BEGIN:VCARD/, { what: 'a vCard', type: 'text/vcard' }],
  [/^BEGIN:VCALENDAR/, { what: 'a calendar', type: 'text/calendar' }],
  [
    /^-----BEGIN [A-Z ]+-----/,
    { what: 'a key, a certificate or an encrypted message', type: 'application/pem-certificate-chain' },
  ],
  [
    /^data:[\w.+-]+\/[\w.+-]+[;,]/,
    { what: 'a text with a data URL', advice: 'decode it and send its bytes', type: 'text/plain' },
  ],
  [
    /^((\[object \w+\]|undefined|null|NaN|None|true|false)(,\s*|$))+$/,
    { what: 'a text that stands for a value without content', advice: CHECK_BEFORE, type: 'text/plain' },
  ],
  [/^$/, { what: 'a blank text', advice: CHECK_BEFORE, type: 'text/plain' }],
  [
    SERVER_ERROR,
    {
      what: 'the error message of a server',
      advice: 'get a new link to the file; links expire, or need a login',
      type: 'text/plain',
    },
  ],
  [
    /^(\.{0,2}\/|~\/|[a-z]:[\\/]|\\\\)[^\r\n]*\.\w{2,5}$/i,
    { what: 'a text with the path of a file', advice: 'send the file at that path', type: 'text/plain' },
  ],
  [
    /^((https?|ftp|rtsp):\/\/\S+(\s+|$))+$/,
    {
      what: 'a text with a URL',
      advice: 'send the file behind it, or use the method "url"',
      type: 'text/plain',
    },
  ],
  [
    /^[\w+/\r\n-]{64,}={0,2}$/,
    { what: 'a text in Base64', advice: 'decode it and send its bytes', type: 'text/plain' },
  ],
  [/^[[{]\s*(["[{\]}\d-]|true|false|null)/, { what: 'a JSON text', type: 'application/json' }],
  [SOURCE_CODE, { what: 'source code', type: 'text/plain' }],
];

/** Characters. */
const SHORT_TEXT = 64;

function ofText(text: string): NotMedia {
  const start = text.replace(/^\uFEFF/, '').trim();
  const [, found] = TEXTS.find(([pattern]) => pattern.test(start)) ?? [];
  return found ?? { what: 'a text', type: 'text/plain', isShort: text.length < SHORT_TEXT };
}
