import { readFile } from 'node:fs/promises';
import { sampleAudio, sampleImage, sampleVideo } from '@twelvelabs-nodes/emulator/samples';
import { describe, expect, it } from 'vitest';
import { detectMedia } from '../src/media/kind.ts';
import { recognise } from '../src/media/signatures.ts';

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const unknown = bytes('just some words');

describe('detectMedia', () => {
  it.each([
    [
      'the media type',
      'video/mp4; codecs=avc1',
      'a.bin',
      unknown,
      { kind: 'video', type: 'video/mp4', from: 'media type' },
    ],
    [
      'the first bytes',
      'application/octet-stream',
      'a.mp4',
      bytes('ID3\x04'),
      { kind: 'audio', type: 'audio/mpeg', from: 'first bytes' },
    ],
    [
      'the first bytes against a wrong type',
      'text/plain',
      'a.txt',
      bytes('GIF89a'),
      { kind: 'image', type: 'image/gif', from: 'first bytes' },
    ],
    [
      'the name',
      undefined,
      'Holiday.MKV',
      unknown,
      { kind: 'video', type: 'video/x-matroska', from: 'name' },
    ],
  ])('goes by %s', (_, type, name, head, expected) => {
    expect(detectMedia(type, name, head)).toEqual(expected);
  });

  it.each([
    ['a PDF by type', 'application/pdf', 'a.pdf', bytes('%PDF-1.7'), 'application/pdf'],
    ['a PDF that is called a video', undefined, 'a.mp4', bytes('%PDF-1.7'), 'application/pdf'],
    ['a text that says so', 'text/plain', 'a.mp4', unknown, 'text/plain'],
    ['a web page', undefined, 'watch', bytes('<!DOCTYPE html><html>'), 'text/html'],
    ['nothing known', undefined, 'a', unknown, 'a file of unknown type'],
    ['a name that is on every object', undefined, 'a.constructor', unknown, 'a file of unknown type'],
  ])('says what %s is instead', (_, type, name, head, expected) => {
    expect(detectMedia(type, name, head)).toBe(expected);
  });
});

describe('recognise', () => {
  it.each([
    [sampleVideo, 'video/mp4'],
    [sampleAudio, 'audio/mpeg'],
    [sampleImage, 'image/jpeg'],
  ])('knows a real file: %s', async (path, type) => {
    expect(recognise(new Uint8Array(await readFile(path)).subarray(0, 4096))).toBe(type);
  });

  it('needs no more than what is there', () => {
    for (let length = 0; length < 12; length++) expect(recognise(new Uint8Array(length))).toBeUndefined();
  });
});
