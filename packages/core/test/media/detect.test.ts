import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectMedia } from '../../src/media/detect.ts';
import { kindOfType } from '../../src/media/kind.ts';
import { EXTENSIONS, extensionOfType, OTHER_TYPES, typeOfName } from '../../src/media/names.ts';
import { SIGNATURES } from '../../src/media/signatures.ts';
import { audioTrack, fileType, movie, videoTrack } from '../support/container-heads.ts';
import { MEDIA_HEADS, OTHER_HEADS, UNDECIDED_HEADS } from '../support/media-heads.ts';
import { runs } from '../support/runs.ts';

const unknown = new Uint8Array([0x8e, 0x13, 0x02, 0xd1, 0x99, 0, 0x45, 0xee]);
const judged = (head: Uint8Array | undefined, name?: string, type?: string) => {
  const verdict = detectMedia({ head, names: [name], type });
  if (verdict.is === 'media') return `${verdict.media.type} by ${verdict.media.from}`;
  return verdict.is === 'unknown' ? `unknown, ${verdict.type}` : verdict.found.what;
};

describe('what a file is', () => {
  const png = new Uint8Array(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  const jpeg = new Uint8Array(Buffer.from('\xff\xd8\xff\xe0', 'latin1'));
  const spoken = new Uint8Array([...fileType('isom'), ...movie(audioTrack)]);
  const filmed = new Uint8Array([...fileType('isom'), ...movie(audioTrack, videoTrack)]);

  it.each([
    ['first bytes over name and type', png, 'a.mp4', 'video/mp4', 'image/png by first bytes'],
    ['first bytes over a type that is no media', png, 'a.txt', 'text/plain', 'image/png by first bytes'],
    ['tracks over the name', spoken, 'voice.mp4', 'video/mp4', 'audio/mp4 by first bytes'],
    ['tracks over a name of sound', filmed, 'voice.m4a', 'audio/mp4', 'video/mp4 by first bytes'],
    ['the name over a wrong type', unknown, 'a.mp3', 'video/mp4', 'audio/mpeg by name'],
    [
      'the name over a type that says nothing',
      unknown,
      'a.mkv',
      'application/octet-stream',
      'video/x-matroska by name',
    ],
    ['the name over a type that is no media', unknown, '00001.MTS', 'model/vnd.mts', 'video/mp2t by name'],
    [
      'the declared type where it agrees with the name',
      unknown,
      'a.m4a',
      'audio/x-m4a',
      'audio/x-m4a by name',
    ],
    [
      'the type where the name says nothing',
      unknown,
      'a.bin',
      'Video/MP4; codecs=avc1',
      'video/mp4 by media type',
    ],
    ['the type alone', undefined, undefined, 'audio/x-m4a', 'audio/x-m4a by media type'],
    ['the name alone', undefined, 'Holiday.MKV', undefined, 'video/x-matroska by name'],
    ['a type in quotes', undefined, undefined, '"video/mp4"', 'video/mp4 by media type'],
    ['a header that was sent twice', undefined, 'a', 'video/mp4, video/mp4', 'video/mp4 by media type'],
    ['nothing of a playlist', unknown, 'a', 'video/vnd.mpegurl', 'unknown, video/vnd.mpegurl'],
    [
      'first bytes and a name of motion JPEG',
      jpeg,
      'a.mjpg',
      'image/jpeg',
      'video/x-motion-jpeg by first bytes',
    ],
    ['first bytes and a type of motion JPEG', jpeg, 'a', 'video/x-mjpeg', 'video/x-mjpeg by first bytes'],
    [
      'the first bytes of an image over another video',
      jpeg,
      'a.mp4',
      'video/mp4',
      'image/jpeg by first bytes',
    ],
    ['nothing', unknown, 'a', undefined, 'unknown, application/octet-stream'],
    ['a type for the platform to judge', unknown, 'a', 'application/x-new', 'unknown, application/x-new'],
    [
      'a name that every object has',
      unknown,
      'a.constructor',
      undefined,
      'unknown, application/octet-stream',
    ],
    ['a name over a type of playlists', unknown, 'a.mp3', 'audio/x-mpegurl', 'audio/mpeg by name'],
    ['nothing of a wildcard', unknown, 'a', 'video/*', 'unknown, application/octet-stream'],
    [
      'nothing of a type of programs that do not know',
      unknown,
      'a',
      'video/octet-stream',
      'unknown, video/octet-stream',
    ],
    [
      'a type that would split a header',
      unknown,
      'a',
      'video/mp4\r\nx: y',
      'unknown, application/octet-stream',
    ],
  ])('is told by %s', (_, head, name, type, expected) => {
    expect(judged(head, name, type)).toBe(expected);
  });

  it.each(UNDECIDED_HEADS)('is told by name, then type, else is a video: %s', (_, head) => {
    expect(judged(head, 'voice.m4a', 'video/mp4')).toMatch(/^audio\/.* by first bytes$/);
    expect(judged(head, 'clip.mp4', 'audio/mp4')).toMatch(/^video\/.* by first bytes$/);
    expect(judged(head, 'clip', 'audio/mp4')).toMatch(/^audio\/.* by first bytes$/);
    expect(judged(head, 'clip', 'application/octet-stream')).toMatch(/^video\/.* by first bytes$/);
  });

  it('does not depend on name and type when the first bytes tell it', () => {
    for (const [type, head] of MEDIA_HEADS)
      for (const [name, declared] of [
        ['a.pdf', 'text/html'],
        ['a.mp3', 'image/png'],
        [undefined, undefined],
      ])
        expect(judged(head, name, declared)).toBe(`${type} by first bytes`);
    for (const [what, head] of OTHER_HEADS) expect(judged(head, 'clip.mp4', 'video/mp4')).toMatch(what);
  });
});

describe('the extension of a name', () => {
  it.each([
    'clip.mp4',
    'CLIP.MP4',
    'clip.mp4 ',
    'clip.mp4.',
    'clip.mp4. .',
    'clip.mp4\n',
    'clip.mp4\u200b',
    '"clip.mp4"',
    'clip.mp4?sig=a.b/c',
    'clip.mp4#t=10',
    'clip.mp4?name=poster.png',
    'Take #2.mp4',
    'What is it?.mp4',
    'a.b.c.mp4',
    'folder.old/clip.mp4',
    String.raw`C:\videos\clip.mp4`,
    'https://example.com/clip.mp4?x=1',
    'clip.mp4 (1)',
    'clip.mp4(1)',
    'clip.mp4 copy',
    'clip.mp4_2',
    'clip.mp4.1',
    'clip.mp4~',
    '“clip.mp4”',
    '[clip.mp4]',
    'clip.mp4;v=1',
    'clip.mp4&x=2',
    'clip.mp4%20',
    'clip.mp4 v1.2',
  ])('of %j is found', (name) => {
    expect(typeOfName(name)).toBe('video/mp4');
  });

  it.each([
    '',
    '.',
    '..',
    'mp4',
    'clip',
    'clip.',
    'clip.mp4/',
    'clip.mp4.txt',
    'clip.mp4.zip',
    'folder.mp4/clip',
    'notes.txt',
    undefined,
  ])('of %j says nothing', (name) => {
    expect(typeOfName(name)).toBeUndefined();
  });

  it('is found whatever that is no letter stands behind it, and says nothing before another one', () => {
    const behind = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !/[\p{L}\p{N}./\\?#]/u.test(text));
    fc.assert(
      fc.property(behind, (text) => {
        expect(typeOfName(`clip.mp4${text}`)).toBe('video/mp4');
        expect(typeOfName(`clip.mp4${text}.text`)).toBeUndefined();
      }),
      runs(300),
    );
  });

  it('of a name of any length is found in no time', () => {
    for (const piece of ['.a', '.!', '.1', '. ', '.mp4!'])
      expect(typeOfName(`${piece.repeat(1_000_000)}.mp4`)).toBe('video/mp4');
  });

  it.each([
    ['memo.caf', 'audio/x-caf'],
    ['a.mp2', 'audio/mpeg'],
    ['a.ape', 'audio/x-ape'],
    ['a.wv', 'audio/x-wavpack'],
    ['a.rmvb', 'video/vnd.rn-realvideo'],
    ['00001.MTS', 'video/mp2t'],
    ['IMG_1.CR3', 'image/x-canon-cr3'],
    ['song.wma', 'audio/x-ms-wma'],
    ['a.weba', 'audio/webm'],
  ])('%s is %s', (name, type) => {
    expect(typeOfName(name)).toBe(type);
  });
});

describe('a file without a name', () => {
  it.each([
    ['audio/x-m4a', 'm4a'],
    ['audio/mp4', 'm4a'],
    ['audio/mp3', 'mp3'],
    ['audio/x-wav', 'wav'],
    ['audio/wave', 'wav'],
    ['audio/x-flac', 'flac'],
    ['audio/ogg; codecs=opus', 'ogg'],
    ['image/jpg', 'jpg'],
    ['image/x-png', 'png'],
    ['video/avi', 'avi'],
    ['video/matroska', 'mkv'],
    ['video/x-new', 'new'],
    ['application/pdf', 'pdf'],
    ['text/plain', 'txt'],
    ['application/octet-stream', 'bin'],
    ['constructor', 'bin'],
  ])('of type %s gets the extension %s', (type, extension) => {
    expect(extensionOfType(type)).toBe(extension);
  });

  /** Containers whose files have one extension, with pictures or without. */
  const SOUND_ONLY = ['audio/mp2t', 'audio/mp2p', 'audio/mxf', 'audio/x-flv', 'audio/x-msvideo'];
  const types = new Set([
    ...Object.keys(EXTENSIONS),
    ...Object.keys(OTHER_TYPES),
    ...SIGNATURES.map(([type]) => type),
    ...MEDIA_HEADS.map(([type]) => type),
    ...['audio/x-vorbis+ogg', 'video/x-theora+ogg', 'image/x-ms-bmp', 'audio/x-mpeg-3', 'video/x-mpeg-2'],
  ]);

  it.each([...types].filter((type) => kindOfType(type)))('of type %s gets one of the same kind', (type) => {
    const extension = extensionOfType(type);
    expect(extension).not.toBe('bin');
    const kind = kindOfType(typeOfName(`a.${extension}`));
    if (kind && !SOUND_ONLY.includes(type)) expect(kind).toBe(kindOfType(type));
  });

  it('gets none that stands for another kind', () => {
    expect(extensionOfType('audio/x-avi')).toBe('bin');
  });
});

describe('every extension of the table', () => {
  it.each(Object.entries(EXTENSIONS))('stands for %s: %s', (type, extensions) => {
    for (const extension of extensions.split(' ')) expect(typeOfName(`a.${extension}`)).toBe(type);
  });
});
