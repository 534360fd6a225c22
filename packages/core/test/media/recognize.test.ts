import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import fc from 'fast-check';
import { fileTypeFromBuffer, supportedExtensions, supportedMimeTypes } from 'file-type';
import { describe, expect, it } from 'vitest';
import { detectMedia } from '../../src/media/detect.ts';
import { kindOfType } from '../../src/media/kind.ts';
import { typeOfName } from '../../src/media/names.ts';
import { BINARIES, notMedia } from '../../src/media/not-media.ts';
import { recognize, SIGNATURES } from '../../src/media/signatures.ts';
import { bytes, padded, zeros } from '../support/container-heads.ts';
import { MEDIA_HEADS, OTHER_HEADS, UNDECIDED_HEADS, UNKNOWN_HEADS } from '../support/media-heads.ts';
import { runs } from '../support/runs.ts';

/** Media types of the library that are media by another main type, or by a wrong one. */
const kindInLibrary = (type: string) =>
  kindOfType(type) ?? (/mxf|realmedia|ms-asf|application\/ogg/.test(type) ? 'video' : undefined);

describe('the first bytes of', () => {
  it.each(MEDIA_HEADS.map(([type, head]) => [type, head] as const))('%s are recognized', (type, head) => {
    expect(recognize(head)).toEqual({ kind: kindOfType(type), type });
  });

  it.each(UNDECIDED_HEADS)('%s leave the kind open', (_, head) => {
    expect(recognize(head)).toMatchObject({ kind: undefined });
    expect(notMedia(head)).toBeUndefined();
  });

  it.each(OTHER_HEADS)('%s are no media, and named', (what, head) => {
    expect(recognize(head)).toBeUndefined();
    expect(notMedia(head)?.what).toMatch(what);
  });

  it.each(UNKNOWN_HEADS)('%s are neither', (_, head) => {
    expect(recognize(head)).toBeUndefined();
    expect(notMedia(head)).toBeUndefined();
  });

  it.each([
    [sampleVideo, 'video/mp4'],
    [sampleAudio, 'audio/mpeg'],
    [sampleImage, 'image/jpeg'],
  ])('a real file are recognized: %s', async (path, type) => {
    expect(recognize(new Uint8Array(await readFile(path)).subarray(0, 65_536))).toMatchObject({ type });
  });
});

describe('the row of the table for', () => {
  const sample = (magic: string, offset = 0) => padded(zeros(offset), magic.replaceAll('?', '\0'));
  const signatures = SIGNATURES.map(([type, magic, offset]) => [type, magic, offset] as const);
  const binaries = BINARIES.map(([what, , magic, offset]) => [what, magic, offset] as const);

  it.each([...signatures, ...binaries])('%s has characters, and no escapes as text: %j', (_, magic) => {
    expect(magic).not.toMatch(/\\(x[\da-f]|\d)/i);
  });

  it.each(signatures)('%s is found by its own signature: %j', (type, magic, offset) => {
    expect(recognize(sample(magic, offset))).toEqual({ kind: kindOfType(type), type });
  });

  it.each(binaries)('%s is found by its own signature: %j', (what, magic, offset) => {
    expect(recognize(sample(magic, offset))).toBeUndefined();
    expect(notMedia(sample(magic, offset))?.what).toBe(what);
  });
});

describe('the library file-type', () => {
  const known = MEDIA_HEADS.flatMap(([type, head, name]) => (name ? [[type, head, name] as const] : []));

  it.each(known)('knows %s too, as the same kind', async (type, head, expected) => {
    const found = await fileTypeFromBuffer(head);
    expect(found?.mime).toBe(expected);
    // A file whose first stream is sound is sound to the library, also where pictures follow.
    if (type !== 'video/ogg') expect(kindInLibrary(found?.mime ?? '')).toBe(kindOfType(type));
    // The one extension that stands for either.
    if (found?.ext !== 'asf')
      expect(kindOfType(typeOfName(`a.${found?.ext}`))).toBe(kindInLibrary(found?.mime ?? ''));
  });

  it('knows no media that is not recognized here', () => {
    const tested = new Set(known.map(([, , type]) => type));
    const media = [...supportedMimeTypes].filter((type) => kindInLibrary(type) !== undefined);
    // Motion JPEG 2000 is a video; the other two are names for containers whose tracks it could not read.
    const missing = media.filter((type) => !tested.has(type));
    expect(missing).toEqual(['application/vnd.ms-asf', 'application/ogg', 'image/mj2']);
  });

  it('knows no extension of media that is unknown here', () => {
    const unknown = [...supportedExtensions].filter(
      (extension) => typeOfName(`a.${extension}`) === undefined,
    );
    expect(unknown.join(' ')).toMatchInlineSnapshot(
      `"indd zip tar rar gz bz2 7z dmg pdf epub elf macho exe swf rtf wasm woff woff2 eot ttf otf ttc ps xz sqlite nes crx xpi cab deb ar rpm Z lz cfb blend docx pptx xlsx odt ods odp xml mobi dcm ics glb pcap lnk alias mie arrow shp skp eps lzh pgp asar stl chm 3mf zst vcf pst parquet class arj cpio ace avro icc fbx vsdx vtt apk drc lz4 potx xltx dotx xltm ott ots otp odg otg xlsm docm dotm potm pptm jar jmp sav ppsm ppsx tar.gz reg dat"`,
    );
  });
});

describe('whatever a file begins with', () => {
  it('is judged without an error, as media of a type that says its kind, or as another type', () => {
    const heads = [...MEDIA_HEADS, ...OTHER_HEADS, ...UNDECIDED_HEADS].map(([, head]) => head);
    const damaged = fc
      .tuple(fc.constantFrom(...heads), fc.nat(600), fc.uint8Array({ maxLength: 40 }), fc.nat(300))
      .map(([head, length, noise, at]) => {
        const cut = head.slice(0, length);
        cut.set(noise.subarray(0, Math.max(0, cut.length - at)), Math.min(at, cut.length));
        return cut;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 600 }), damaged), (head) => {
        const verdict = detectMedia({ head, names: [], type: undefined });
        if (verdict.is === 'media') expect(kindOfType(verdict.media.type)).toBe(verdict.media.kind);
        if (verdict.is === 'not media') expect(kindOfType(verdict.found.type)).toBeUndefined();
        expect(verdict.is === 'media').toBe(recognize(head) !== undefined);
      }),
      runs(3_000),
    );
  });

  it.each(['<!---->', '<!--', '<?', '<!DOCTYPE svg [', '] ', 'http://a', 'error ', '--a\nx: y\n', '/.ab '])(
    'is judged at once when it repeats %j',
    (piece) => {
      const head = bytes(piece.repeat(65_536 / piece.length), ' !');
      // Patterns that backtrack would outlast the test's time.
      expect(detectMedia({ head, names: [], type: undefined }).is).not.toBe('media');
    },
  );

  it('is media when a known signature is followed by any binary bytes', () => {
    const signatures = MEDIA_HEADS.filter(
      ([type]) => !/mp4|3gp|webm|matroska|ogg|asf|wma|real|svg|anymap|flv|mp2p/.test(type),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...signatures),
        fc.uint8Array({ minLength: 64, maxLength: 300 }),
        ([type, head], rest) => {
          const file = new Uint8Array([...head, 0, ...rest]);
          expect(recognize(file)).toMatchObject({ kind: kindOfType(type) });
        },
      ),
      runs(500),
    );
  });
});
