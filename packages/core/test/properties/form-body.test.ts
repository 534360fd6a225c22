import { Busboy } from '@fastify/busboy';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FormFile, formBody } from '../../src/http/bodies/form.ts';
import { essence } from '../../src/media/kind.ts';
import type { RequestBody } from '../../src/ports.ts';
import { runs } from '../support/runs.ts';

const BOUNDARY = '----twelvelabs-nodes-3f1b2a84-8a35-4f1e-9d5c-0123456789ab';

/** Anything that can be text: every plane, quotes, line breaks, header look-alikes. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      '"',
      '\r',
      '\n',
      '\r\n',
      '--',
      ';',
      '=',
      "'",
      ':',
      ' ',
      '%',
      'a',
      'ü',
      '漢',
      '🎬',
      BOUNDARY.slice(0, 6),
    ),
  }),
);
/** The escapes themselves can't be told from what they stand for; no parser could. */
const anyName = anyText.filter((name) => !/%(22|0D|0A)/.test(name));
const anyFields = fc.array(fc.tuple(anyName, anyText), { maxLength: 6 });
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 2_000 }),
  // Bytes that look like the framing; the boundary itself is random, so that nothing can hold it.
  fc
    .array(fc.constantFrom('\r\n', '--', BOUNDARY.slice(0, -1), BOUNDARY.slice(0, 12), '\r\n--', '-', '\0'), {
      maxLength: 20,
    })
    .map((parts) => Buffer.from(parts.join(''))),
);
const anyType = fc.constantFrom('video/mp4', 'audio/mpeg', 'image/png', 'application/octet-stream');
const anyFile = fc.record({
  filename: anyName,
  bytes: anyBytes,
  type: anyType,
  cuts: fc.array(fc.nat(2_100), { maxLength: 12 }),
});

type AnyFile = typeof anyFile extends fc.Arbitrary<infer T> ? T : never;

/** Cut anywhere, empty pieces included. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...[...cuts].sort((a, b) => a - b).map((cut) => Math.min(cut, bytes.length)), bytes.length];
  return at.slice(1).map((end, index) => bytes.subarray(at[index], end));
}

function formFile(
  { filename, bytes, type, cuts }: AnyFile,
  size: number | undefined = bytes.length,
): FormFile {
  return {
    field: 'file',
    filename,
    type,
    size,
    async *stream() {
      yield* pieces(bytes, cuts);
    },
  };
}

async function read(body: RequestBody): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.stream()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

interface Parsed {
  fields: [string, string][];
  files: { name: string; filename: string; type: string; bytes: Buffer }[];
}

/** Written by others for others: the parser of Fastify. It gets the bytes in pieces of its own. */
async function parse(body: RequestBody, pieceSize: number): Promise<Parsed> {
  const parsed: Parsed = { fields: [], files: [] };
  const parser = new Busboy({ headers: { 'content-type': body.type }, preservePath: true });
  parser.on('field', (name, value) => parsed.fields.push([name, value]));
  parser.on('file', (name, stream, filename, _encoding, type) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => parsed.files.push({ name, filename, type, bytes: Buffer.concat(chunks) }));
  });
  const bytes = await read(body);
  return new Promise((resolve, reject) => {
    parser.on('finish', () => resolve(parsed)).on('error', reject);
    for (let at = 0; at < bytes.length; at += pieceSize) parser.write(bytes.subarray(at, at + pieceSize));
    parser.end();
  });
}

const wellFormed = (text: string) => Buffer.from(text).toString();
/** What the HTML standard has senders write, and most parsers leave as it is. */
const escaped = (name: string) =>
  wellFormed(name).replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

describe('the form encoder', () => {
  it('gives any fields, any file and any chunking back through the parser of the HTML standard', async () => {
    await fc.assert(
      fc.asyncProperty(anyFields, fc.option(anyFile, { nil: undefined }), async (fields, file) => {
        const body = formBody(fields, file ? [formFile(file)] : [], BOUNDARY);
        const form = await new Response(await read(body), {
          headers: { 'content-type': body.type },
        }).formData();
        const entries = [...form].map(([name, value]) => [
          name,
          typeof value === 'string' ? value : 'a file',
        ]);
        const expected = fields.map(([name, value]) => [wellFormed(name), wellFormed(value)]);
        expect(entries).toEqual(file ? [...expected, ['file', 'a file']] : expected);
        if (!file) return;
        const got = form.getAll('file').at(-1) as File;
        expect(got.name).toBe(wellFormed(file.filename));
        expect(got.type).toBe(file.type);
        expect(Buffer.from(await got.arrayBuffer()).equals(file.bytes)).toBe(true);
      }),
      runs(200),
    );
  });

  it('gives the same to a parser that is not of a browser', async () => {
    // This one takes a backslash for an escape, which the HTML standard does not; and drops parts without a name.
    const plain = (name: string) => !name.includes('\\');
    const fields = fc.array(
      fc.tuple(
        anyName.filter((name) => plain(name) && name !== ''),
        anyText,
      ),
      { maxLength: 6 },
    );
    const files = anyFile.filter(({ filename }) => plain(filename) && filename !== '');
    await fc.assert(
      fc.asyncProperty(fields, files, fc.integer({ min: 1, max: 300 }), async (sent, file, pieceSize) => {
        const parsed = await parse(formBody(sent, [formFile(file)], BOUNDARY), pieceSize);
        expect(parsed.fields).toEqual(sent.map(([name, value]) => [escaped(name), wellFormed(value)]));
        expect(parsed.files).toHaveLength(1);
        const [got] = parsed.files;
        expect(got).toMatchObject({
          name: 'file',
          filename: escaped(file.filename),
          type: essence(file.type),
        });
        expect(got?.bytes.equals(file.bytes)).toBe(true);
      }),
      runs(200),
    );
  });

  it('is exactly as long as it says, each time it is read', async () => {
    await fc.assert(
      fc.asyncProperty(anyFields, fc.option(anyFile, { nil: undefined }), async (fields, file) => {
        const body = formBody(fields, file ? [formFile(file)] : [], BOUNDARY);
        const first = await read(body);
        expect(body.size).toBe(first.length);
        expect((await read(body)).equals(first)).toBe(true);
      }),
      runs(200),
    );
  });

  it('never passes off a file that is longer or shorter than it said', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, fc.nat(3_000), async (file, said) => {
        fc.pre(said !== file.bytes.length);
        await expect(read(formBody([], [formFile(file, said)], BOUNDARY))).rejects.toMatchObject({
          code: 'file_read',
          message: expect.stringMatching(/grew|shrank/),
        });
      }),
      runs(200),
    );
  });
});
